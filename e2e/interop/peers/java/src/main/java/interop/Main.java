package interop;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.instrumentation.grpc.v1_6.GrpcTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A peer with OpenTelemetry's library instrumentation for grpc-java. A root is sampled; else the parent decides. */
public final class Main {
  private static final String NAME = "java";

  public static void main(String[] args) throws Exception {
    OpenTelemetrySdk telemetry = telemetry();
    GrpcTelemetry tracing = GrpcTelemetry.create(telemetry);
    ExecutorService callbacks = Executors.newCachedThreadPool();
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0), InsecureServerCredentials.create())
            .executor(callbacks)
            .intercept(tracing.createServerInterceptor())
            .addService(new EchoService(NAME, address -> dial(address, tracing, callbacks)))
            .build()
            .start();
    Driver.ready(
        server.getPort(),
        List.of(
            "opentelemetry-grpc-1.6 " + Driver.version(GrpcTelemetry.class),
            "grpc-java " + Driver.version(Server.class)));
    Driver.untilToldToEnd();
    server.shutdown().awaitTermination();
    // Spans end in callbacks, the last of them when their calls are over already.
    callbacks.shutdown();
    callbacks.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    telemetry.close();
  }

  private static OpenTelemetrySdk telemetry() {
    return OpenTelemetrySdk.builder()
        .setTracerProvider(
            SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(new SpanLines(NAME))).build())
        .setPropagators(
            ContextPropagators.create(
                TextMapPropagator.composite(
                    W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance())))
        .build();
  }

  private static ManagedChannel dial(String address, GrpcTelemetry tracing, ExecutorService callbacks) {
    return Grpc.newChannelBuilder(address, InsecureChannelCredentials.create())
        .executor(callbacks)
        .intercept(tracing.createClientInterceptor())
        .build();
  }

  private Main() {}
}
