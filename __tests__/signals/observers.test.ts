import { metrics, trace } from '@opentelemetry/api';
import { resolveOptions } from '../../lib/options/settings.js';
import { useApiRegistry } from '../helpers/api-registry.js';
import { LogRecords } from '../helpers/log-records.js';
import { Measurements } from '../helpers/measurements.js';
import { DiagLog, Telemetry } from '../helpers/telemetry.js';

// Registers with the API, which makes what is registered.
DiagLog.install();
const registry = useApiRegistry();

afterEach(() => {
  trace.disable();
  metrics.disable();
});

describe('who observes calls', () => {
  it('is nobody as long as there is nobody', () => {
    expect(resolveOptions('client', { errorEvents: 'logs' }).observers()).toBeUndefined();
  });

  it('is one object as long as they stay the same, which is asked for at every call', () => {
    const { observers } = resolveOptions('client', { errorEvents: 'logs' });
    const register: readonly (() => void)[] = [
      () => trace.setGlobalTracerProvider(new Telemetry().provider),
      () => metrics.setGlobalMeterProvider(new Measurements().provider),
      () => registry.register('logs', new LogRecords().provider),
    ];
    const told = register.map((act) => {
      act();
      const [first, second] = [observers(), observers()];
      expect(second).toBe(first);
      return Object.values(first ?? {}).map((observer) => observer !== undefined);
    });
    expect(told).toEqual([
      [true, false, false],
      [true, true, false],
      [true, true, true],
    ]);
  });

  it('is one for failures alone, where nobody else is', () => {
    const { provider: loggerProvider } = new LogRecords();
    const { observers } = resolveOptions('server', { errorEvents: 'logs', loggerProvider });
    expect(observers()).toMatchObject({ tracer: undefined, metrics: undefined });
    expect(observers()?.errorLog).toBeDefined();
  });
});
