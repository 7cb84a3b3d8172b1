package interop;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;

/** Exports every span as one JSON line on standard output. */
record SpanLines(String service) implements SpanExporter {
  /** A parent that is null, as that of a root is, is left out of the line. */
  private record Line(
      String service, String name, String kind, String traceId, String spanId, String parentSpanId, boolean sampled) {}

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    for (SpanData span : spans) {
      Driver.say(
          "span",
          new Line(
              service,
              span.getName(),
              span.getKind().name(),
              span.getTraceId(),
              span.getSpanId(),
              span.getParentSpanContext().isValid() ? span.getParentSpanId() : null,
              span.getSpanContext().isSampled()));
    }
    return CompletableResultCode.ofSuccess();
  }

  @Override
  public CompletableResultCode flush() {
    return CompletableResultCode.ofSuccess();
  }

  @Override
  public CompletableResultCode shutdown() {
    return CompletableResultCode.ofSuccess();
  }
}
