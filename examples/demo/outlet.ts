import { JaegerExporter } from '@opentelemetry/exporter-jaeger';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import type { SpanExporter } from '@opentelemetry/sdk-trace-node';
import { endpointIn } from '../endpoint-variable.js';
import { WatchedExporter, type Delivery } from '../watched-exporter.js';

/** How long an endpoint may take; the whole demo is to end in seconds, also when nobody answers. */
const TIMEOUT_MILLIS = 2000;

/** A place outside that the spans go to as well, and how that went: one for all services, each with its own exporter. */
export class Outlet {
  readonly #system: string;
  readonly #variable: string;
  readonly #endpoint: string;
  readonly #newExporter: () => SpanExporter;
  #delivered = 0;
  #lost = 0;
  #reason = '';

  constructor(system: string, variable: string, endpoint: string, newExporter: () => SpanExporter) {
    this.#system = system;
    this.#variable = variable;
    this.#endpoint = endpoint;
    this.#newExporter = newExporter;
  }

  newExporter(): SpanExporter {
    const onDelivery = ({ spans, error }: Delivery) => {
      if (error === undefined) this.#delivered += spans;
      else {
        this.#lost += spans;
        this.#reason = oneLine(error.message);
      }
    };
    return new WatchedExporter(this.#newExporter(), { timeoutMillis: TIMEOUT_MILLIS, onDelivery });
  }

  get failed(): boolean {
    return this.#lost > 0;
  }

  /** One line, when everything has been sent or given up. */
  summary(): string {
    if (!this.failed) return `${this.#delivered} spans sent to ${this.#system} at ${this.#endpoint}`;
    const which = this.#delivered === 0 ? 'the spans' : `${this.#lost} of ${this.#lost + this.#delivered} spans`;
    return (
      `${this.#system} at ${this.#endpoint} did not take ${which} (${this.#reason}). ` +
      `Start it there, or set ${this.#variable} to where it is.`
    );
  }
}

/** None, unless the environment names one. */
export function outletsFrom(env: NodeJS.ProcessEnv): Outlet[] {
  const jaeger = endpointIn(env, 'JAEGER_ENDPOINT');
  const otlp = endpointIn(env, 'OTEL_EXPORTER_OTLP_ENDPOINT');
  const outlets: Outlet[] = [];
  if (jaeger !== undefined) {
    // Deprecated upstream: Jaeger takes OTLP itself since 1.35. It is here for the collectors that do not.
    const newExporter = () => new JaegerExporter({ endpoint: jaeger, flushTimeout: 100 });
    outlets.push(new Outlet('Jaeger', 'JAEGER_ENDPOINT', jaeger, newExporter));
  }
  if (otlp !== undefined) {
    // The exporter reads the variable itself, and adds the signal's path to it.
    const newExporter = () => new OTLPTraceExporter({ timeoutMillis: TIMEOUT_MILLIS });
    outlets.push(new Outlet('OTLP', 'OTEL_EXPORTER_OTLP_ENDPOINT', otlp, newExporter));
  }
  return outlets;
}

function oneLine(message: string): string {
  return message.replace(/\s+/g, ' ').trim();
}
