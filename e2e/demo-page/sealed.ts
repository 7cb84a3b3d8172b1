import { deepStrictEqual } from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';

/** Refusals are told at once; what is not refused is never told of. */
const PATIENCE_MILLIS = 10_000;

/** What a script in the page would try to tell somebody, or to run something that is not the page's own. */
const ATTEMPTS = (url: string) => `(async () => {
  const refused = [];
  addEventListener('securitypolicyviolation', ({ effectiveDirective }) => refused.push(effectiveDirective));
  const element = (name, properties) => document.body.append(Object.assign(document.createElement(name), properties));
  const image = new Image();
  image.src = '${url}/image';
  element('script', { src: '${url}/script' });
  element('script', { textContent: 'window.ran = true' });
  element('link', { rel: 'stylesheet', href: '${url}/style' });
  element('iframe', { src: '${url}/frame' });
  element('p', { innerHTML: '<b style="color: red">red</b>' });
  await fetch('${url}/fetch').catch(() => undefined);
  const known = ['connect-src', 'frame-src', 'img-src', 'script-src-elem', 'script-src-elem', 'style-src-attr', 'style-src-elem'];
  const end = performance.now() + ${PATIENCE_MILLIS};
  while (refused.length < known.length && performance.now() < end) await new Promise(requestAnimationFrame);
  return { refused: refused.sort(), known, ran: window.ran === true };
})()`;

interface Refusals {
  readonly refused: readonly string[];
  readonly known: readonly string[];
  readonly ran: boolean;
}

/** The browser keeps whatever happens in the page within it. Leaves the page with what was tried. */
export async function checkSealed(page: Page): Promise<void> {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    heard.push(request.url ?? '');
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    // The cast: address() of a server that listens on a port is never a string or null.
    const { port } = server.address() as AddressInfo;
    const { refused, known, ran } = await page.evaluate<Refusals>(ATTEMPTS(`http://127.0.0.1:${port}`));
    deepStrictEqual({ refused, ran, heard }, { refused: known, ran: false, heard: [] });
  } finally {
    server.closeAllConnections();
    await once(server.close(), 'close');
  }
}
