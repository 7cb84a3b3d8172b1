export type TagValue = string | number | boolean;
export type Tags = Readonly<Record<string, TagValue>>;

/** A span as Jaeger's own page would show it. Times are microseconds. */
export interface JaegerSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly service: string;
  readonly name: string;
  readonly start: number;
  readonly duration: number;
  readonly tags: Tags;
  /** Of the process that sent it. */
  readonly process: Tags;
  readonly logs: readonly Tags[];
  /** What Jaeger found wrong with it, clocks aside. */
  readonly warnings: readonly string[];
}

/** The server's side of a cancelled call may end after the caller's, which Jaeger takes for a clock that is wrong. */
const CLOCK_SKEW = /^clock skew adjustment disabled/;

interface KeyValue {
  readonly key: string;
  readonly value: TagValue;
}

/** As far as it is read here. */
interface TraceJson {
  readonly processes: Readonly<Record<string, { readonly serviceName: string; readonly tags?: readonly KeyValue[] }>>;
  readonly spans: readonly {
    readonly traceID: string;
    readonly spanID: string;
    readonly processID: string;
    readonly operationName: string;
    readonly references: readonly { readonly refType: string; readonly spanID: string }[];
    readonly startTime: number;
    readonly duration: number;
    readonly tags: readonly KeyValue[];
    readonly logs: readonly { readonly fields: readonly KeyValue[] }[];
    readonly warnings: readonly string[] | null;
  }[];
}

/** The API that Jaeger's own page reads from. */
export class JaegerQuery {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** The spans of one trace, as many as have arrived. */
  async trace(traceId: string): Promise<readonly JaegerSpan[]> {
    // The cast: the format is that of the page which comes with it, here and below.
    const [trace] = (await this.#get(`/api/traces/${traceId}`)) as readonly TraceJson[];
    return trace === undefined ? [] : spansOf(trace);
  }

  /** All traces that a service has a part in, whole. */
  async traces(service: string): Promise<readonly (readonly JaegerSpan[])[]> {
    const query = new URLSearchParams({ service, limit: String(1_000_000), lookback: '1h' });
    return ((await this.#get(`/api/traces?${query.toString()}`)) as readonly TraceJson[]).map(spansOf);
  }

  async #get(path: string): Promise<unknown> {
    const response = await fetch(this.#url + path);
    if (!response.ok) throw new Error(`Jaeger answers ${response.status} to ${path}: ${await response.text()}`);
    const { data } = (await response.json()) as { readonly data: unknown };
    return data;
  }
}

function spansOf({ spans, processes }: TraceJson): JaegerSpan[] {
  return spans.map((span) => {
    const sender = processes[span.processID];
    if (sender === undefined) throw new Error(`no process ${span.processID}`);
    return {
      traceId: span.traceID,
      spanId: span.spanID,
      parentSpanId: span.references.find(({ refType }) => refType === 'CHILD_OF')?.spanID,
      service: sender.serviceName,
      name: span.operationName,
      start: span.startTime,
      duration: span.duration,
      tags: tagsOf(span.tags),
      process: tagsOf(sender.tags ?? []),
      logs: span.logs.map(({ fields }) => tagsOf(fields)),
      warnings: (span.warnings ?? []).filter((warning) => !CLOCK_SKEW.test(warning)),
    };
  });
}

/** @throws where a key comes twice, which an object would hide */
function tagsOf(pairs: readonly KeyValue[]): Tags {
  const tags = Object.fromEntries(pairs.map(({ key, value }) => [key, value]));
  if (Object.keys(tags).length < pairs.length) throw new Error(`a tag comes twice: ${JSON.stringify(pairs)}`);
  return tags;
}
