import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-node';
import { WatchedExporter, type Delivery } from '../../examples/watched-exporter.js';

/** An exporter whose batches are on their way until the test lets them arrive. */
class SlowExporter implements SpanExporter {
  readonly arrivals: ((result: ExportResult) => void)[] = [];
  readonly shutdown = jest.fn(() => Promise.resolve());

  export(_spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.arrivals.push(done);
  }

  arrive(result: ExportResult): void {
    this.arrivals.shift()?.(result);
  }
}

const OK: ExportResult = { code: ExportResultCode.SUCCESS };

function setUp() {
  const slow = new SlowExporter();
  const deliveries: Delivery[] = [];
  const watched = new WatchedExporter(slow, {
    timeoutMillis: 1000,
    onDelivery: (delivery) => deliveries.push(delivery),
  });
  const exported = (): Promise<ExportResult> => new Promise((resolve) => watched.export([], resolve));
  return { slow, deliveries, watched, exported };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('tells how each batch fared', async () => {
  const { slow, deliveries, exported } = setUp();
  const refusal: ExportResult = { code: ExportResultCode.FAILED, error: new Error('full') };
  const results = Promise.all([exported(), exported(), exported()]);
  slow.arrive(OK);
  slow.arrive(refusal);
  slow.arrive({ code: ExportResultCode.FAILED });

  expect(await results).toEqual([OK, refusal, { code: ExportResultCode.FAILED }]);
  expect(deliveries).toEqual([
    { spans: 0, error: undefined },
    { spans: 0, error: refusal.error },
    { spans: 0, error: new Error('refused without a reason') },
  ]);
  expect(jest.getTimerCount()).toBe(0);
});

test('takes an exporter that throws for one that fails', async () => {
  const { slow, deliveries, exported } = setUp();
  const error = new Error('broken');
  jest.spyOn(slow, 'export').mockImplementation(() => {
    throw error;
  });

  expect(await exported()).toEqual({ code: ExportResultCode.FAILED, error });
  expect(deliveries).toEqual([{ spans: 0, error }]);
  expect(jest.getTimerCount()).toBe(0);
});

test('gives a batch up after the timeout, once', async () => {
  const { slow, deliveries, exported } = setUp();
  const result = exported();
  jest.advanceTimersByTime(1000);
  const error = new Error('no answer in 1000 ms');

  expect(await result).toEqual({ code: ExportResultCode.FAILED, error });
  slow.arrive(OK);
  await Promise.resolve();
  expect(deliveries).toEqual([{ spans: 0, error }]);
});

test('shuts the exporter down when the last batch on its way has arrived, not before', async () => {
  const { slow, watched, exported } = setUp();
  const batches = [exported(), exported()];
  const shutdown = watched.shutdown();

  slow.arrive(OK);
  await batches[0];
  expect(slow.shutdown).not.toHaveBeenCalled();
  slow.arrive(OK);
  await shutdown;
  expect(slow.shutdown).toHaveBeenCalledTimes(1);
});

test('shuts the exporter down at once when nothing is on its way', async () => {
  const { slow, watched } = setUp();
  await watched.shutdown();

  expect(slow.shutdown).toHaveBeenCalledTimes(1);
});
