import json

from opentelemetry.baggage import get_baggage
from opentelemetry.trace import format_span_id, format_trace_id, get_current_span

# The entry of the baggage that every handler reports.
BAGGAGE_KEY = "tenant"


def visit_line(service: str) -> str:
    """What a handler sees of the call's context, one JSON line in its answer."""
    span = get_current_span().get_span_context()
    return json.dumps(
        {
            "service": service,
            "traceId": format_trace_id(span.trace_id),
            "spanId": format_span_id(span.span_id),
            "sampled": span.trace_flags.sampled,
            "baggage": get_baggage(BAGGAGE_KEY) or "",
        }
    )
