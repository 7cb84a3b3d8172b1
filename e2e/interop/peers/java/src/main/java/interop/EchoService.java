package interop;

import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import test.EchoGrpc;
import test.EchoOuterClass.Msg;

/**
 * Answers every message with what its handler sees of the call's context. Where a request names a route, it calls the next
 * peer on it in the same shape, and the answer goes on with what that answered.
 */
final class EchoService extends EchoGrpc.EchoImplBase {
  /** How many messages a server stream has. */
  private static final int ANSWERS_TO_ONE = 2;

  private final String name;
  private final Function<String, ManagedChannel> dial;

  /** @param dial makes a traced channel */
  EchoService(String name, Function<String, ManagedChannel> dial) {
    this.name = name;
    this.dial = dial;
  }

  @Override
  public void unary(Msg request, StreamObserver<Msg> responses) {
    answer(Relay.UNARY, List.of(request), 1, responses);
  }

  @Override
  public StreamObserver<Msg> clientStream(StreamObserver<Msg> responses) {
    return new Requests(responses, requests -> answer(Relay.CLIENT_STREAM, requests, 1, responses));
  }

  @Override
  public void serverStream(Msg request, StreamObserver<Msg> responses) {
    answer(Relay.SERVER_STREAM, List.of(request), ANSWERS_TO_ONE, responses);
  }

  @Override
  public StreamObserver<Msg> bidi(StreamObserver<Msg> responses) {
    return new Requests(responses, requests -> answer(Relay.BIDI, requests, requests.size(), responses));
  }

  private void answer(Relay relay, List<Msg> requests, int count, StreamObserver<Msg> responses) {
    String line = Visit.line(name);
    String[] route = requests.get(0).getText().split(" ", 2);
    if (route[0].isEmpty()) {
      for (int index = 0; index < count; index++) responses.onNext(message(line));
      responses.onCompleted();
      return;
    }
    Msg onward = message(route.length > 1 ? route[1] : "");
    ManagedChannel channel = dial.apply(route[0]);
    relay.call(EchoGrpc.newStub(channel), Collections.nCopies(requests.size(), onward), new Answers(line, responses));
    // The call that has begun goes on to its end.
    channel.shutdown();
  }

  private static Msg message(String text) {
    return Msg.newBuilder().setText(text).build();
  }

  /** Passes on what the next peer answers, below our own line. */
  private record Answers(String line, StreamObserver<Msg> responses) implements StreamObserver<Msg> {
    @Override
    public void onNext(Msg answer) {
      responses.onNext(message(line + "\n" + answer.getText()));
    }

    @Override
    public void onError(Throwable error) {
      responses.onError(error);
    }

    @Override
    public void onCompleted() {
      responses.onCompleted();
    }
  }
}
