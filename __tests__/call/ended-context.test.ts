import { ROOT_CONTEXT, trace, TraceFlags, type Span } from '@opentelemetry/api';
import { endedContext } from '../../lib/call/ended-context.js';
import { identityOf } from '../../lib/propagation/span-identity.js';
import { DiagLog, Telemetry } from '../helpers/telemetry.js';

describe('the context after the end of a span', () => {
  it('has its identity and not the span', () => {
    const span = new Telemetry().provider.getTracer('test').startSpan('call');
    const context = endedContext(ROOT_CONTEXT, identityOf(span));
    expect(trace.getSpanContext(context)).toEqual(span.spanContext());
    expect(trace.getSpanContext(context)?.traceFlags).toBe(TraceFlags.SAMPLED);
    expect(trace.getSpan(context)?.isRecording()).toBe(false);
    span.end();
  });

  it('is that of the parent where the span does not say who it is', () => {
    const log = DiagLog.install();
    const span = new Telemetry().provider.getTracer('test').startSpan('call');
    const broken: Span = Object.assign(Object.create(span) as Span, {
      spanContext() {
        throw new Error('broken');
      },
    });
    expect(endedContext(ROOT_CONTEXT, identityOf(broken))).toBe(ROOT_CONTEXT);
    expect(log.lines).toEqual([expect.stringContaining('the span does not say who it is')]);
    span.end();
  });
});
