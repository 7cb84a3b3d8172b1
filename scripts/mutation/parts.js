const { readdirSync } = require('node:fs');
const { join } = require('node:path');

const ROOT = join(__dirname, '../..');

/**
 * Every mutant loads the suites of its part anew, and one that lives runs all that reach it. So each part has the suites
 * that are about it and no others: fewer of them can only lower the score. A file of `lib/` is in the first part that
 * names it. Suites run in this order: first what fails soonest, last what takes long.
 *
 * In none are tests that start programs, which load their own copy of `lib/` that no mutant reaches, and those that take
 * seconds for one pass over everything: a mutant that only they can kill is a row that is missing elsewhere.
 *
 * @type {Record<string, { lib: RegExp, suites: RegExp[] }>}
 */
const PARTS = {
  propagators: {
    lib: /^(propagators\/|metadata-carrier\.)/,
    suites: [/^metadata-carrier\./, /^propagators\/(w3c-|grpc-trace-bin|service-name|global)/],
  },
  testing: {
    lib: /^testing\//,
    suites: [/^testing\/(?!docs)/],
  },
  options: {
    lib: /^option-rules\./,
    suites: [/^option-rules\./, /^options\./],
  },
  tables: {
    lib: /^(filters|log-context|method-table|rpc-info|semconv|span-layer|status|target)\./,
    suites: [/^(filters|log-context|method-table|rpc-info|semconv|span-layer|status)\./, /^target\./],
  },
  client: {
    lib: /^(client-|message-sizes|once-per-call|previous-attempts|remembered|sides|suppression|with-tracing)/,
    suites: [
      /^(previous-attempts|remembered|sides|conventions|without-sdk|suppression|with-tracing|caller-metadata|retries)\./,
      /^(client-endings|contexts-client|chain-control|odd-interceptors|once-per-call|unix-socket)\./,
      /^(message-events|hooks|filter-option|chain|broken-telemetry)\./,
    ],
  },
  server: {
    lib: /^server-/,
    suites: [
      /^(server-addresses|server-outcome|sides|conventions|trust-incoming|suppression|contexts-server)\./,
      /^(server-endings|chain-control|odd-interceptors|once-per-call|unix-socket|retries)\./,
      /^(capture-metadata|metrics|message-events|hooks|filter-option|broken-telemetry)\./,
    ],
  },
  span: {
    lib: /^(call-span|ended-context|started-span)\./,
    suites: [
      /^(call-span|ended-context|conventions|hooks|capture-metadata|message-events|metrics|metrics-without-spans)\./,
      /^(attributes-option|is-error|trust-incoming|ended-calls|contexts-client|contexts-server|client-endings)\./,
      /^broken-telemetry\./,
    ],
  },
  settings: {
    lib: /^/,
    suites: [
      /^(attributes|durations|guard|method-table|package|tracer|conventions|conventions-opt-in|metrics|metrics-providers|metrics-without-spans|defaults)\./,
      /^(hooks|capture-metadata|attributes-option|message-events|is-error|filter-option|trust-incoming)\./,
      /^(without-sdk|broken-telemetry|hints)\./,
    ],
  },
};

const filesIn = (folder, ending) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .sort();

const partOf = (file) => Object.keys(PARTS).find((name) => PARTS[name].lib.test(file));

function partNamed(name) {
  const part = PARTS[name];
  if (part === undefined) throw new Error(`no part '${name}' among ${Object.keys(PARTS).join(', ')}`);
  return part;
}

/** The files of `lib/` that a part mutates. */
function mutatedIn(name) {
  partNamed(name);
  return filesIn('lib', '.ts')
    .filter((file) => partOf(file) === name)
    .map((file) => `lib/${file}`);
}

/** The suites that a part runs, in their order. */
function suitesOf(name) {
  const suites = filesIn('__tests__', '.test.ts');
  return partNamed(name).suites.flatMap((pattern) => suites.filter((suite) => pattern.test(suite)));
}

module.exports = { names: Object.keys(PARTS), mutatedIn, suitesOf };
