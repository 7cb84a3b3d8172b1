import { RepositoryProgram } from '../../tools/repository-program.js';
import { BAR_AND_DURATION } from '../helpers/demo-tree.js';
import { comparable, outputInReadme } from '../helpers/example-output.js';

/** Each place of the application, with the span that must be active there. */
const PLACES = [
  ['Greet: handler', 'SERVER demo.Greeter/Greet'],
  ['Translate: handler', 'SERVER demo.Translator/Translate'],
  ['Translate: after a pause', 'SERVER demo.Translator/Translate'],
  ['Greet: Observable', 'SERVER demo.Greeter/Greet'],
  ['caller: reply of Greet', 'INTERNAL visit'],
  ['GreetMany: handler', 'SERVER demo.Greeter/GreetMany'],
  ['TranslateAll: handler', 'SERVER demo.Translator/TranslateAll'],
  ['TranslateAll: message', 'SERVER demo.Translator/TranslateAll'],
  ['GreetMany: Observable', 'SERVER demo.Greeter/GreetMany'],
  ['caller: replies of GreetMany', 'INTERNAL visit'],
];

const TREE = [
  'nest    visit                inter…',
  'nest    ├ Greet              client OK',
  'nest    │ └ Greet            server OK',
  'nest    │   └ Translate      client OK',
  'nest    │     └ Translate    server OK',
  'nest    └ GreetMany          client OK',
  'nest      └ GreetMany        server OK',
  'nest        └ TranslateAll   client OK',
  'nest          └ TranslateAll server OK',
];

/** Of two alike: messages of a stream race those of the other. */
function distinct(lines: readonly string[]): string[] {
  return [...new Set(lines)].sort();
}

test('the NestJS example: the right span is active in every controller, and all calls are one trace', async () => {
  const program = new RepositoryProgram('examples/nestjs/main.ts');
  const { code, stdout, stderr } = await program.ended;

  expect({ code, stderr }).toEqual({ code: 0, stderr: [] });
  expect(stdout.filter((line) => /^trace [0-9a-f]{32}$/.test(line))).toHaveLength(1);
  const places = stdout.filter((line) => /^\w+: /.test(line)).map((line) => line.split(/ {2,}/));
  expect(distinct(places.map((place) => place.join(' | ')))).toEqual(
    distinct(PLACES.map((place) => place.join(' | '))),
  );
  expect(stdout).toContain('Bonjour Ada, Hallo Ada, Ciao Ada');
  expect(distinct(comparable(stdout))).toEqual(distinct(comparable(outputInReadme('nestjs'))));
  const drawn = stdout.filter((line) => BAR_AND_DURATION.test(line));
  expect(drawn.map((line) => line.replace(BAR_AND_DURATION, ' ').trimEnd())).toEqual(TREE);
});
