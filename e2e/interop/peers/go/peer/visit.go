package peer

import (
	"context"
	"encoding/json"

	"go.opentelemetry.io/otel/baggage"
	"go.opentelemetry.io/otel/trace"
)

// BaggageKey is the entry of the baggage that every handler reports.
const BaggageKey = "tenant"

// visit is what a handler sees of the call's context, one JSON line in its answer.
type visit struct {
	Service string `json:"service"`
	TraceID string `json:"traceId"`
	SpanID  string `json:"spanId"`
	Sampled bool   `json:"sampled"`
	Baggage string `json:"baggage"`
}

func visitLine(ctx context.Context, service string) (string, error) {
	span := trace.SpanContextFromContext(ctx)
	line, err := json.Marshal(visit{
		Service: service,
		TraceID: span.TraceID().String(),
		SpanID:  span.SpanID().String(),
		Sampled: span.IsSampled(),
		Baggage: baggage.FromContext(ctx).Member(BaggageKey).Value(),
	})
	return string(line), err
}
