package peer

import (
	"context"
	"strings"

	sdk "go.opentelemetry.io/otel/sdk/trace"
)

// The service that called, where it said its name.
const peerService = "peer.service"

type spanLine struct {
	Service      string `json:"service"`
	Name         string `json:"name"`
	Kind         string `json:"kind"`
	TraceID      string `json:"traceId"`
	SpanID       string `json:"spanId"`
	ParentSpanID string `json:"parentSpanId,omitempty"`
	Sampled      bool   `json:"sampled"`
	PeerService  string `json:"peerService,omitempty"`
}

// lines exports every span as one JSON line on standard output.
type lines struct{ service string }

func (l lines) ExportSpans(_ context.Context, spans []sdk.ReadOnlySpan) error {
	for _, span := range spans {
		line := spanLine{
			Service: l.service,
			Name:    span.Name(),
			Kind:    strings.ToUpper(span.SpanKind().String()),
			TraceID: span.SpanContext().TraceID().String(),
			SpanID:  span.SpanContext().SpanID().String(),
			Sampled: span.SpanContext().IsSampled(),
		}
		if span.Parent().IsValid() {
			line.ParentSpanID = span.Parent().SpanID().String()
		}
		for _, attribute := range span.Attributes() {
			if attribute.Key == peerService {
				line.PeerService = attribute.Value.AsString()
			}
		}
		say("span", line)
	}
	return nil
}

func (lines) Shutdown(context.Context) error { return nil }

// NewTracerProvider makes the provider of a peer. A root is sampled; else the parent decides.
func NewTracerProvider(service string) *sdk.TracerProvider {
	return sdk.NewTracerProvider(sdk.WithSyncer(lines{service}))
}
