// A peer with OpenTelemetry's stats handlers.
package main

import (
	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc"
	"go.opentelemetry.io/otel/propagation"
	"google.golang.org/grpc"

	"interop/peer"
)

const name = "otelgrpc"

func main() {
	options := []otelgrpc.Option{
		otelgrpc.WithTracerProvider(peer.NewTracerProvider(name)),
		otelgrpc.WithPropagators(propagation.NewCompositeTextMapPropagator(propagation.TraceContext{}, propagation.Baggage{})),
	}
	peer.Serve(
		name,
		grpc.StatsHandler(otelgrpc.NewServerHandler(options...)),
		grpc.WithStatsHandler(otelgrpc.NewClientHandler(options...)),
		"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc",
		"google.golang.org/grpc",
	)
}
