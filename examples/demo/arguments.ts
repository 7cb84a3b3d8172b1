import { parseArgs } from 'node:util';
import { endForWrongUsage } from '../wrong-usage.js';

export interface DemoArguments {
  /** The file to write the trace to as a page. */
  readonly html?: string | undefined;
}

/** What the command line says. Ends the program where that is anything that the demo does not know. */
export function demoArguments(args: readonly string[]): DemoArguments {
  try {
    const { html } = parseArgs({ args: [...args], options: { html: { type: 'string' } } }).values;
    if (html === '') throw new Error("Option '--html <value>' argument missing");
    return { html };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return endForWrongUsage(`${reason}\nUsage: npm run demo [-- --html FILE]`);
  }
}
