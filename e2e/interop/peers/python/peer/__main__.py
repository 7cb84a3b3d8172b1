"""A peer with OpenTelemetry's instrumentation for grpcio. A root is sampled; else the parent decides."""

from concurrent.futures import ThreadPoolExecutor

import grpc
from echo_pb2_grpc import add_EchoServicer_to_server
from opentelemetry.baggage.propagation import W3CBaggagePropagator
from opentelemetry.instrumentation.grpc import client_interceptor, server_interceptor
from opentelemetry.instrumentation.grpc.grpcext import intercept_channel
from opentelemetry.propagate import set_global_textmap
from opentelemetry.propagators.composite import CompositePropagator
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from peer.driver import ready, until_told_to_end
from peer.service import EchoService
from peer.span_lines import SpanLines

NAME = "python"
# For calls that hang; those that do not are over already.
GRACE_SECONDS = 10


def main() -> None:
    spans = SpanLines(NAME)
    provider = TracerProvider()
    provider.add_span_processor(spans)
    # The interceptors take no propagator of their own.
    set_global_textmap(CompositePropagator([TraceContextTextMapPropagator(), W3CBaggagePropagator()]))
    interceptor = client_interceptor(tracer_provider=provider)
    server = grpc.server(ThreadPoolExecutor(), interceptors=[server_interceptor(tracer_provider=provider)])
    add_EchoServicer_to_server(
        EchoService(NAME, lambda address: intercept_channel(grpc.insecure_channel(address), interceptor)), server
    )
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    ready(port, "opentelemetry-instrumentation-grpc", "grpcio")
    until_told_to_end()
    server.stop(GRACE_SECONDS).wait()
    spans.until_all_ended()


main()
