import { deepStrictEqual, equal, notEqual } from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContextOptions } from 'playwright-core';
import { runOnStage } from '../../tools/run-on-stage.js';
import { startChromium } from './chromium.js';
import { runDemo } from './demo-run.js';
import { HOSTILE, writeHostilePage } from './hostile-page.js';
import { checkKeyboard } from './keyboard.js';
import { OpenedPage } from './opened-page.js';
import { checkSealed } from './sealed.js';

const DESK = { width: 1280, height: 720 };

const LOOKS = [
  ['light', DESK],
  ['dark', { width: 820, height: 1180 }],
  ['light', { width: 360, height: 640 }],
] as const;

/** `npm run demo:page`: the page that the demo writes, in a real browser. */
runOnStage('demo:page', async (stage) => {
  const { page: file, names } = await runDemo(stage);
  const browser = await startChromium(stage);
  stage.step(`Chromium ${browser.version()}`);
  const whileOpen = (look: BrowserContextOptions, use: (opened: OpenedPage) => Promise<void>, shown = file) =>
    OpenedPage.whileOpen(browser, shown, look, use);

  await whileOpen({ viewport: DESK }, async (opened) => {
    const shown = await opened.names();
    equal(shown.length, 18);
    deepStrictEqual(shown.map(withoutDuration), names);
    await opened.items.nth(13).click();
    equal(await opened.attribute('error.type'), 'UNAVAILABLE');
    equal(await opened.details.count(), 1);
    await opened.items.nth(2).locator('.twisty').click();
    equal(await opened.items.count(), 15);
  });
  stage.step('all 18 spans are in the tree, and a click tells of one');

  await whileOpen({ viewport: DESK }, checkKeyboard);
  stage.step('arrows, Home, End, Enter, Space and Escape lead everywhere');

  const grounds = await Promise.all(
    (['light', 'dark'] as const).map(async (colorScheme) => {
      let ground: unknown;
      await whileOpen({ viewport: DESK, colorScheme }, async ({ page }) => {
        ground = await page.evaluate('getComputedStyle(document.body).backgroundColor');
      });
      return ground;
    }),
  );
  notEqual(grounds[0], grounds[1]);
  stage.step(`light and dark: ${grounds.join(' and ')}`);

  for (const [colorScheme, viewport] of LOOKS) {
    await whileOpen({ viewport, colorScheme, reducedMotion: 'reduce' }, async (opened) => {
      await checkAccessible(opened);
      await opened.items.nth(13).click();
      await checkAccessible(opened);
      equal(await opened.page.evaluate('document.documentElement.scrollWidth'), viewport.width);
      equal(await opened.page.evaluate('document.getAnimations().length'), 0);
    });
  }
  stage.step('nothing that axe knows of hinders anybody, as wide as a desk, a tablet and a phone');

  const hostile = join(dirname(file), 'hostile.html');
  await writeHostilePage(hostile);
  await whileOpen(
    { viewport: DESK },
    async (opened) => {
      equal(await opened.items.count(), HOSTILE.length);
      for (const [index, text] of HOSTILE.entries()) {
        await opened.items.nth(index).click();
        equal(await opened.details.getByRole('definition').textContent(), text);
      }
      equal(await opened.page.evaluate('typeof window.ran'), 'undefined');
    },
    hostile,
  );
  stage.step('what spans say is text, whatever it says');

  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`file://${file}`);
  await checkSealed(page);
  stage.step('nothing leaves the page, and nothing but its own runs in it');
}).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

function withoutDuration(name: string): string {
  return name.replace(/, [\d.]+ m?s,/, ',');
}

async function checkAccessible({ page }: OpenedPage): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  deepStrictEqual(
    violations.map(({ id, impact, nodes }) => ({ id, impact, where: nodes.map(({ html }) => html) })),
    [],
  );
}
