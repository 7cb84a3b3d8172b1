import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as semconv from '../../lib/conventions/semconv.js';
import { ROOT } from '../../tools/places.js';

interface Panel {
  readonly id: number;
  readonly title: string;
  readonly description: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
}

const file = (name: string): string => readFileSync(join(ROOT, 'examples/dashboard', name), 'utf8');

// The cast: what is wrong with the file fails below, or in Prometheus.
const { panels } = JSON.parse(file('dashboard.json')) as { readonly panels: readonly Panel[] };

it('panels have ids of their own, and do not overlap', () => {
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, index) => `${x + (index % w)}:${y + Math.floor(index / w)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
});

it("each panel of a client's has one of a server's at its right, the same but for the side", () => {
  const of = (side: string) => panels.filter(({ title }) => title.startsWith(side));
  const words = (panel: Panel) => {
    const text = JSON.stringify({ ...panel, id: undefined, description: undefined });
    // The cast: what was a panel is one in other words.
    return JSON.parse(text.replaceAll('Client', 'Server').replaceAll('client', 'server')) as Panel;
  };
  const [clients, servers] = [of('Client').map(words), of('Server').map(words)];
  expect(clients.length + servers.length).toBe(panels.length);
  expect(
    clients.map(({ gridPos, ...rest }) => ({ ...rest, gridPos: { ...gridPos, x: gridPos.x + gridPos.w } })),
  ).toEqual(servers);
});

it.each(['dashboard.json', 'alerts.yaml', 'alerts.test.yaml'])('%s names the metrics that there are', (name) => {
  const known = Object.entries(semconv)
    .filter(([constant]) => constant.startsWith('METRIC_'))
    .map(([, metric]) => String(metric).replaceAll('.', '_'));
  const named = file(name).match(/\brpc_(client|server)_[a-z_]+/g) ?? [];
  const plain = named.map((metric) => metric.replace(/(_seconds)?(_bucket|_count|_sum)?$/, ''));
  expect(plain.filter((metric) => !known.includes(metric))).toEqual([]);
  expect(new Set(plain).size).toBe(4);
});
