package interop;

import com.google.gson.Gson;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;

/** What a handler sees of the call's context, one JSON line in its answer. */
record Visit(String service, String traceId, String spanId, boolean sampled, String baggage) {
  /** The entry of the baggage that every handler reports. */
  private static final String BAGGAGE_KEY = "tenant";

  static String line(String service) {
    SpanContext span = Span.current().getSpanContext();
    String baggage = Baggage.current().getEntryValue(BAGGAGE_KEY);
    return new Gson()
        .toJson(new Visit(service, span.getTraceId(), span.getSpanId(), span.isSampled(), baggage == null ? "" : baggage));
  }
}
