// A peer with gRPC's own OpenTelemetry plugin (gRFC A72). Its argument says what carries the trace: w3c or grpc-trace-bin.
package main

import (
	"log"
	"os"

	"go.opentelemetry.io/otel/propagation"
	tracing "google.golang.org/grpc/experimental/opentelemetry"
	"google.golang.org/grpc/stats/opentelemetry"

	"interop/peer"
)

const name = "a72"

var propagators = map[string]propagation.TextMapPropagator{
	"w3c":            propagation.TraceContext{},
	"grpc-trace-bin": opentelemetry.GRPCTraceBinPropagator{},
}

func main() {
	if len(os.Args) != 2 || propagators[os.Args[1]] == nil {
		log.Fatal("one argument: w3c or grpc-trace-bin")
	}
	options := opentelemetry.Options{TraceOptions: tracing.TraceOptions{
		TracerProvider:    peer.NewTracerProvider(name),
		TextMapPropagator: propagation.NewCompositeTextMapPropagator(propagators[os.Args[1]], propagation.Baggage{}),
	}}
	peer.Serve(name, opentelemetry.ServerOption(options), opentelemetry.DialOption(options), "google.golang.org/grpc")
}
