package interop;

import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import test.EchoOuterClass.Msg;

/** Collects the messages of a stream, for a handler that answers when it has all of them. */
final class Requests implements StreamObserver<Msg> {
  private final List<Msg> requests = new ArrayList<>();
  private final StreamObserver<Msg> responses;
  private final Consumer<List<Msg>> handler;

  Requests(StreamObserver<Msg> responses, Consumer<List<Msg>> handler) {
    this.responses = responses;
    this.handler = handler;
  }

  @Override
  public void onNext(Msg request) {
    requests.add(request);
  }

  @Override
  public void onError(Throwable error) {
    responses.onError(error);
  }

  @Override
  public void onCompleted() {
    handler.accept(requests);
  }
}
