/** What the demo prints, without what differs from run to run. */
export const TREE = [
  'visitor    Welcome                client OK',
  'frontend   └ Welcome              server OK',
  'frontend     ├ Greet              client OK',
  'greeter      │ └ Greet            server OK',
  'greeter      │   └ Translate      client OK',
  'translator   │     └ Translate    server OK',
  'frontend     ├ GreetMany          client OK',
  'greeter      │ └ GreetMany        server OK',
  'greeter      │   └ TranslateAll   client OK',
  'translator   │     └ TranslateAll server OK',
  'frontend     ├ Greet              client ✗ UNAVAILABLE',
  'greeter      │ └ Greet            server ✗ UNAVAILABLE',
  'greeter      │   └ Translate      client ✗ UNAVAILABLE',
  'translator   │     └ Translate    server ✗ UNAVAILABLE',
  'frontend     └ GreetMany          client ⊘ CANCELLED',
  'greeter        └ GreetMany        server ⊘ CANCELLED',
  'greeter          └ TranslateAll   client ⊘ CANCELLED',
  'translator         └ TranslateAll server ⊘ CANCELLED',
];

/** Between a row's side and its status; on a busy machine a span may take seconds. */
export const BAR_AND_DURATION = / [ █]*█[ █]* [\d.]+ m?s ?/;

/** The same of a run. */
export function treeOf(printed: readonly string[]): string[] {
  return printed.filter((line) => BAR_AND_DURATION.test(line)).map((line) => line.replace(BAR_AND_DURATION, ' '));
}
