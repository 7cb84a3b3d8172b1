import { pathToFileURL } from 'node:url';
import { deepStrictEqual } from 'node:assert/strict';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';

/** A page as a reader has it before them, and what went wrong in it. */
export class OpenedPage {
  readonly page: Page;
  readonly #url: string;
  readonly #requests: string[] = [];
  readonly #errors: string[] = [];

  private constructor(page: Page, url: string) {
    this.page = page;
    this.#url = url;
    page.on('request', (request) => this.#requests.push(request.url()));
    page.on('pageerror', (error) => this.#errors.push(error.message));
    page.on('console', (message) => this.#errors.push(message.text()));
  }

  /** Shows a file for as long as `use` takes. It must ask for nothing else, and write nothing to the console. */
  static async whileOpen(
    browser: Browser,
    file: string,
    look: BrowserContextOptions,
    use: (opened: OpenedPage) => Promise<void>,
  ): Promise<void> {
    const context = await browser.newContext(look);
    try {
      const opened = new OpenedPage(await context.newPage(), pathToFileURL(file).href);
      await opened.page.goto(opened.#url);
      await use(opened);
      deepStrictEqual({ requests: opened.#requests, errors: opened.#errors }, { requests: [opened.#url], errors: [] });
    } finally {
      await context.close();
    }
  }

  /** Those that can be seen, with their names for a screen reader. */
  get items(): Locator {
    return this.page.getByRole('treeitem');
  }

  /** What is told of the chosen span. */
  get details(): Locator {
    return this.page.getByRole('article');
  }

  /** The name that a screen reader has for what the keyboard is at. */
  async focused(): Promise<string | null> {
    return this.page.locator(':focus').getAttribute('aria-label');
  }

  async names(): Promise<string[]> {
    const labels = await this.items.all();
    return Promise.all(labels.map(async (label) => (await label.getAttribute('aria-label')) ?? ''));
  }

  /** What an attribute of the chosen span says. */
  async attribute(name: string): Promise<string> {
    const row = this.details.locator('dl > div').filter({ has: this.page.getByText(name, { exact: true }) });
    return row.locator('dd').first().innerText();
  }
}
