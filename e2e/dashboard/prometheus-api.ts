export type Labels = Readonly<Record<string, string>>;

export interface Point {
  /** Since the epoch. */
  readonly seconds: number;
  readonly value: number;
}

export interface Series {
  readonly labels: Labels;
  readonly points: readonly Point[];
}

/** When to look, in seconds since the epoch, and how often between. */
export interface Range {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

/** An alert rule, and for whom it holds. */
export interface Rule {
  readonly name: string;
  /** `ok` once it has been evaluated without an error. */
  readonly health: string;
  readonly lastError?: string;
  /** Pending or firing. */
  readonly alerts: readonly { readonly labels: Labels }[];
}

type Sample = readonly [seconds: number, value: string];

/** Prometheus' own HTTP API. */
export class PrometheusApi {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async version(): Promise<string> {
    // The casts, here and below: the formats are those of Prometheus' API, version 1.
    return ((await this.#get('status/buildinfo', {})) as { readonly version: string }).version;
  }

  /** What an expression is now. */
  async now(query: string): Promise<readonly Series[]> {
    const { result } = (await this.#get('query', { query })) as {
      readonly result: readonly { readonly metric: Labels; readonly value: Sample }[];
    };
    return result.map(({ metric, value }) => ({ labels: metric, points: [pointOf(value)] }));
  }

  async over({ start, end, step }: Range, query: string): Promise<readonly Series[]> {
    const times = { start: String(start), end: String(end), step: String(step) };
    const { result } = (await this.#get('query_range', { query, ...times })) as {
      readonly result: readonly { readonly metric: Labels; readonly values: readonly Sample[] }[];
    };
    return result.map(({ metric, values }) => ({ labels: metric, points: values.map(pointOf) }));
  }

  /** The values that a label has on the series that a selector matches. */
  async labelValues(selector: string, label: string): Promise<readonly string[]> {
    return (await this.#get(`label/${label}/values`, { 'match[]': selector })) as readonly string[];
  }

  async rules(): Promise<readonly Rule[]> {
    const { groups } = (await this.#get('rules', { type: 'alert' })) as {
      readonly groups: readonly { readonly rules: readonly Rule[] }[];
    };
    return groups.flatMap(({ rules }) => rules);
  }

  /** @throws with what Prometheus says */
  async #get(path: string, parameters: Readonly<Record<string, string>>): Promise<unknown> {
    const response = await fetch(`${this.#url}/api/v1/${path}?${new URLSearchParams(parameters).toString()}`);
    const { data, error } = (await response.json()) as { readonly data?: unknown; readonly error?: string };
    if (!response.ok) throw new Error(`Prometheus answers ${response.status} to ${path}: ${String(error)}`);
    return data;
  }
}

function pointOf([seconds, value]: Sample): Point {
  return { seconds, value: Number(value) };
}
