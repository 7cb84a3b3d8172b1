import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { chromium, type Browser } from 'playwright-core';
import type { PartStage } from '../../tools/run-on-stage.js';
import { missing } from '../../tools/toolchains.js';

/** What a browser does of its own accord is not what the page does. */
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
];

/**
 * The machine's Chromium, with a profile of its own that is gone when the stage is over.
 *
 * @throws where the machine has none
 */
export async function startChromium(stage: Pick<PartStage, 'onEnd'>): Promise<Browser> {
  if ((await missing(['Chromium'])).length > 0) {
    throw new Error('there is no chromium on the path: apt-get install chromium');
  }
  const { stdout } = await promisify(execFile)('sh', ['-c', 'command -v chromium']);
  const browser = await chromium.launch({ executablePath: stdout.trim(), args: QUIET });
  stage.onEnd(() => browser.close());
  return browser;
}
