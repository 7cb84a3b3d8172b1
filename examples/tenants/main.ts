import * as grpc from '@grpc/grpc-js';
import { tracingClientInterceptor, tracingServerInterceptor } from 'grpc-js-opentelemetry';
import { formatSpans } from 'grpc-js-opentelemetry/testing';
import { whileGreeting } from '../local-greeter.js';
import { localTelemetry } from '../local-telemetry.js';
import { goOnWithoutReader } from '../without-reader.js';

/** A tenant: a server and a client that trace with a provider of their own. None is registered as the global one. */
class Tenant {
  readonly name: string;
  readonly #telemetry;

  constructor(name: string) {
    this.name = name;
    this.#telemetry = localTelemetry(name);
  }

  async greet(names: readonly string[]): Promise<void> {
    const { tracerProvider } = this.#telemetry;
    const server = new grpc.Server({ interceptors: [tracingServerInterceptor({ tracerProvider })] });
    const client = { interceptors: [tracingClientInterceptor({ tracerProvider })] };
    await whileGreeting({ server, client }, async (greet) => {
      for (const name of names) await greet(name);
    });
  }

  /** Each tenant's spans, in what would be its own exporter. */
  async print(): Promise<void> {
    const spans = await this.#telemetry.allEnded();
    const services = new Set(spans.map(({ resource }) => String(resource.attributes['service.name'])));
    console.log(`${this.name}: ${spans.length} spans, service.name ${[...services].join(', ')}`);
    console.log(formatSpans(spans));
    await this.#telemetry.shutdown();
  }
}

async function main(): Promise<void> {
  goOnWithoutReader();
  const acme = new Tenant('acme');
  const globex = new Tenant('globex');
  // At the same time, so that the calls of the two alternate.
  await Promise.all([acme.greet(['Ada', 'Grace']), globex.greet(['Joan'])]);
  await acme.print();
  console.log();
  await globex.print();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
