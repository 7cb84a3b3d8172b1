import { deepStrictEqual, equal } from 'node:assert/strict';
import type { OpenedPage } from './opened-page.js';

/** Everything without a pointer, from the first Tab on. */
export async function checkKeyboard(opened: OpenedPage): Promise<void> {
  const { page, items, details } = opened;
  const names = await opened.names();
  const press = async (key: string, focused: string | undefined): Promise<void> => {
    await page.keyboard.press(key);
    equal(await opened.focused(), focused, `after ${key}`);
  };

  await press('Tab', names[0]);
  await press('ArrowUp', names[0]);
  await press('ArrowDown', names[1]);
  await press('End', names.at(-1));
  await press('ArrowDown', names.at(-1));
  await press('Home', names[0]);
  await press('ArrowRight', names[1]);
  await press('ArrowRight', names[2]);
  await press('ArrowLeft', names[2]);
  // What was below it is gone from the screen and from the way of the arrows.
  equal(await items.count(), names.length - 3);
  await press('ArrowDown', names[6]);
  await press('ArrowUp', names[2]);
  await press('ArrowLeft', names[1]);
  await press('ArrowLeft', names[1]);
  deepStrictEqual(await opened.names(), names.slice(0, 2));
  await press('ArrowRight', names[1]);
  equal(await items.count(), names.length - 3);
  await press('ArrowRight', names[2]);
  await press('ArrowRight', names[2]);
  equal(await items.count(), names.length);

  equal(await details.count(), 0);
  await press('Enter', names[2]);
  equal(await opened.attribute('rpc.status_code'), 'OK');
  equal(await page.getByRole('status').innerText(), `Details shown: ${names[2] ?? ''}`);
  await press('End', names.at(-1));
  await press(' ', names.at(-1));
  equal(await opened.attribute('rpc.status_code'), 'CANCELLED');
  equal(await details.count(), 1);
  await press('Tab', 'The chosen span');
  await page.keyboard.press('Tab');
  equal(await page.locator(':focus').innerText(), 'Close');
  await press('Enter', names.at(-1));
  equal(await details.count(), 0);
  await press('Enter', names.at(-1));
  await press('Escape', names.at(-1));
  equal(await details.count(), 0);
}
