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
  propagation: {
    lib: /^propagation\/(?!suppression|extracted|injected)/,
    suites: [/^propagation\/(metadata-carrier|metadata-copy|w3c-|grpc-trace-bin|service-name|global)/],
  },
  testing: {
    lib: /^testing\//,
    suites: [/^testing\/(?!docs)/],
  },
  options: {
    lib: /^options\/(attribute-value|credentials|rules|suggestion)\./,
    suites: [/^options\/(attribute-value|credentials|options|rules|suggestion|synchronous)\./],
  },
  tables: {
    lib: /^(log-context|conventions\/(known-methods|method-table|semconv|series)|rpc\/(?!remembered)\S+)\./,
    suites: [
      /^(log-context|conventions\/(known-methods|method-table|semconv|series)|rpc\/(call-details|filters|rpc-info|status))\./,
      /^rpc\/target\./,
    ],
  },
  client: {
    lib: /^(client\/|call\/once-per-call|conventions\/previous-attempts|rpc\/remembered|options\/sides|propagation\/(suppression|extracted|injected))/,
    suites: [
      /^(conventions\/(previous-attempts|conventions)|rpc\/remembered|options\/sides|signals\/without-sdk)\./,
      /^(propagation\/suppression|client\/(with-tracing|caller-metadata|retries|endings|contexts))\./,
      /^client\/(base-call|call-invocation-transformer|channel|late-start|outcome|proxy-target|unheard-end|user-information)\./,
      /^(call\/(chain-control|odd-interceptors|once-per-call)|rpc\/unix-socket)\./,
      /^(options\/(message-events|message-counts|call-details|hooks|filter)|call\/(chain|broken-telemetry))\./,
    ],
  },
  server: {
    lib: /^server\//,
    suites: [
      /^(server\/(addresses|base-call|outcome|contexts|first-status|entered-contexts|watched-loop)|options\/(sides|trust-incoming)|conventions\/(conventions|caller-name))\./,
      /^(propagation\/suppression|server\/endings|client\/retries|rpc\/unix-socket)\./,
      /^(call\/(chain-control|odd-interceptors|once-per-call)|options\/(capture-metadata|message-events|message-counts|call-details))\./,
      /^(signals\/metrics|options\/(hooks|filter)|call\/broken-telemetry)\./,
    ],
  },
  span: {
    lib: /^call\/(call-span|ended-context|started-span)\./,
    suites: [
      /^(call\/(call-span|ended-context)|conventions\/conventions|options\/(hooks|capture-metadata|message-events))\./,
      /^(signals\/(metrics|metrics-without-spans)|options\/(attributes|is-error|trust-incoming)|call\/ended-calls)\./,
      /^(signals\/active-calls|options\/(error-events|metric-attributes|message-counts|call-details))\./,
      /^(client|server)\/(contexts|endings)\./,
      /^call\/broken-telemetry\./,
    ],
  },
  settings: {
    lib: /^/,
    suites: [
      /^(conventions\/(attributes|method-table|known-methods|metadata-capture|conventions)|diagnostics\/(api-registry|guard)|package\/package)\./,
      /^(signals\/(durations|observers|tracer|metrics|metrics-providers|metrics-without-spans)|options\/(conventions-opt-in|defaults))\./,
      /^(signals\/(error-log|schema|active-calls)|options\/(error-events|error-events-opt-in|metric-attributes))\./,
      /^options\/(hooks|capture-metadata|attributes|message-events|message-counts|call-details|is-error|filter|trust-incoming)\./,
      /^(signals\/(without-sdk|hints)|call\/broken-telemetry)\./,
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
