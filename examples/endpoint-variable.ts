import { endForWrongUsage } from './wrong-usage.js';

/** The variables by which the examples are told where spans go, each with what stands in it by the usual ports. */
const EXAMPLES = {
  JAEGER_ENDPOINT: 'http://localhost:14268/api/traces',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318',
} as const;

/** Where a variable says that spans go, if it is set. Ends the program where that is no URL: exporters would fail with every span. */
export function endpointIn(env: NodeJS.ProcessEnv, variable: keyof typeof EXAMPLES): string | undefined {
  const value = env[variable];
  if (!value) return undefined;
  const fault = faultOf(value);
  if (fault === undefined) return value;
  return endForWrongUsage(`${variable}=${value}: ${fault}. It is a whole URL, as ${EXAMPLES[variable]}`);
}

/** What keeps a text from being a URL that an exporter takes. */
export function faultOf(endpoint: string): string | undefined {
  const [, scheme] = /^([a-z][a-z\d+.-]*):\/\//i.exec(endpoint) ?? [];
  if (scheme === undefined) return 'the scheme is missing';
  if (!/^https?$/i.test(scheme)) return `the scheme is ${scheme}, not http or https`;
  return URL.canParse(endpoint) ? undefined : 'this is no URL';
}
