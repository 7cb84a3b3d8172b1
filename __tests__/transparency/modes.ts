import { SamplingDecision } from '@opentelemetry/sdk-trace-node';
import { not, type ServerTracingOptions, type TracingOptions } from '../../lib/index.js';
import { DecidingSampler } from '../helpers/deciding-sampler.js';
import { Measurements } from '../helpers/measurements.js';
import { Telemetry } from '../helpers/telemetry.js';

/** A way to trace a run. */
export interface Mode {
  readonly name: string;
  readonly telemetry: () => Telemetry;
  readonly client: () => TracingOptions;
  readonly server: () => ServerTracingOptions;
  /** Whether each call is to leave spans. */
  readonly leavesSpans: boolean;
}

const nothing = (): object => ({});

const SAMPLED: Mode = {
  name: 'with tracing',
  telemetry: () => new Telemetry(),
  client: nothing,
  server: nothing,
  leavesSpans: true,
};

const ALL_KEYS = ['x-request', 'x-response', 'x-trailer', 'x-bytes-bin', 'authorization'];

function everything(): TracingOptions {
  const { provider } = new Measurements();
  return {
    meterProvider: provider,
    attributes: (rpc, metadata) => ({ method: rpc.method, keys: Object.keys(metadata.getMap()) }),
    startHook: (span) => span.setAttribute('started', true),
    endHook: (span, _rpc, { code }) => span.setAttribute('ended', code),
    captureMetadata: { request: ALL_KEYS, response: ALL_KEYS, trailer: ALL_KEYS },
    messageEvents: true,
    isError: () => true,
    semanticConventions: 'dup',
  };
}

/** What every scenario is played with. */
export const MAIN_MODES: readonly Mode[] = [
  SAMPLED,
  {
    ...SAMPLED,
    name: 'with every option',
    client: everything,
    server: () => ({ ...everything(), trustIncoming: false }),
  },
];

export const OTHER_MODES: readonly Mode[] = [
  {
    ...SAMPLED,
    name: 'when nothing is sampled',
    telemetry: () => new Telemetry(new DecidingSampler(SamplingDecision.NOT_RECORD)),
    leavesSpans: false,
  },
  {
    ...SAMPLED,
    name: 'when every call is filtered out',
    client: () => ({ filter: not(() => true) }),
    server: () => ({ filter: not(() => true) }),
    leavesSpans: false,
  },
  {
    ...SAMPLED,
    name: 'with message events up to a limit',
    client: () => ({ messageEvents: { limit: 3 } }),
    server: () => ({ messageEvents: { limit: 3 } }),
  },
];

export const MODES: readonly Mode[] = [...MAIN_MODES, ...OTHER_MODES];
