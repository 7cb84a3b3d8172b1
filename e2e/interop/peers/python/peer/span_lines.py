from threading import Condition

from opentelemetry.context import Context
from opentelemetry.sdk.trace import ReadableSpan, Span, SpanProcessor
from opentelemetry.trace import format_span_id, format_trace_id

from peer.driver import say


class SpanLines(SpanProcessor):
    """Exports every span as one JSON line on standard output."""

    def __init__(self, service: str) -> None:
        self._service = service
        self._open = 0
        self._ended = Condition()

    def on_start(self, span: Span, parent_context: Context | None = None) -> None:
        with self._ended:
            self._open += 1

    def on_end(self, span: ReadableSpan) -> None:
        context = span.context
        line = {
            "service": self._service,
            "name": span.name,
            "kind": span.kind.name,
            "traceId": format_trace_id(context.trace_id),
            "spanId": format_span_id(context.span_id),
            "sampled": context.trace_flags.sampled,
        }
        if span.parent is not None:
            line["parentSpanId"] = format_span_id(span.parent.span_id)
        say("span", line)
        with self._ended:
            self._open -= 1
            self._ended.notify_all()

    def until_all_ended(self) -> None:
        """A call's span ends in a thread of grpcio's, which is not waited for when the program ends."""
        with self._ended:
            self._ended.wait_for(lambda: self._open == 0)
