// Which way imports point, for ESLint: the plan of the house as CONTRIBUTING.md draws it. Each room names what it may
// import from; whatever else is in the repository is refused. Whoever names the package gets it as users do, from dist.

/** From the top down. A wing imports from those below it; two of one row never know each other. */
const WINGS = [
  ['client', 'server'],
  ['call'],
  ['options'],
  ['signals'],
  ['conventions'],
  ['propagation'],
  ['rpc'],
  ['diagnostics'],
];

const wings = WINGS.flatMap((row, level) =>
  row.map((wing) =>
    room(`lib/${wing}`, [
      ...WINGS.slice(level + 1)
        .flat()
        .map((below) => `lib/${below}`),
      'lib/version.ts',
    ]),
  ),
);

/** Whole systems, each a world of its own. */
const SYSTEMS = ['dashboard', 'environments', 'field', 'interop', 'matrix', 'storm'];

const systems = SYSTEMS.map((system) => room(`e2e/${system}`, ['lib', 'protos', 'tools']));

/** What nobody may import is in no list: `lib/index.ts` below itself, tests, and every room that runs by itself. */
export const zones = [
  ...wings,
  room('lib/testing', ['lib/conventions', 'lib/rpc']),
  room('lib/log-context.ts', ['lib/propagation']),
  room('lib/version.ts', []),
  room('lib', []),
  ...systems,
  room('e2e/demo-page', ['examples/demo', 'tools']),
  room('bench', ['lib', 'protos', 'tools']),
  room('examples', ['protos']),
  room('scripts', ['lib', 'tools', 'jest.config.js']),
  room('tools', ['protos']),
];

function room(target, others) {
  return {
    target: `./${target}`,
    from: '.',
    except: [target, ...others, 'dist', 'node_modules'].map((path) => `./${path}`),
    message: `${target} imports from ${others.length === 0 ? 'nothing else here' : others.join(', ')} only.`,
  };
}
