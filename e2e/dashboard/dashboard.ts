import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EXAMPLE } from './places.js';

/** A Grafana dashboard, as far as it is read here. */
export interface Dashboard {
  readonly templating: { readonly list: readonly Variable[] };
  readonly panels: readonly Panel[];
}

export type Variable =
  { readonly type: 'datasource'; readonly name: string } | ({ readonly type: 'query' } & QueryVariable);

export interface QueryVariable {
  readonly name: string;
  readonly query: { readonly query: string };
  /** What stands for all values, as it is. */
  readonly allValue: string;
}

export type Unit = 'percentunit' | 'reqps' | 's' | 'short';

export interface Panel {
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly fieldConfig: { readonly defaults: { readonly unit: Unit } };
  readonly targets: readonly Target[];
}

export interface Target {
  readonly expr: string;
  /** `{{label}}` stands for the value of that label. */
  readonly legendFormat: string;
}

export async function readDashboard(): Promise<Dashboard> {
  // The cast: a test holds the file against these types.
  return JSON.parse(await readFile(join(EXAMPLE, 'dashboard.json'), 'utf8')) as Dashboard;
}
