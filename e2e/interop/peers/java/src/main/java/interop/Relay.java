package interop;

import io.grpc.stub.StreamObserver;
import java.util.List;
import test.EchoGrpc.EchoStub;
import test.EchoOuterClass.Msg;

/** Makes one call of its shape. */
interface Relay {
  Relay UNARY = (stub, requests, answers) -> stub.unary(requests.get(0), answers);
  Relay CLIENT_STREAM = (stub, requests, answers) -> sendAll(requests, stub.clientStream(answers));
  Relay SERVER_STREAM = (stub, requests, answers) -> stub.serverStream(requests.get(0), answers);
  Relay BIDI = (stub, requests, answers) -> sendAll(requests, stub.bidi(answers));

  void call(EchoStub stub, List<Msg> requests, StreamObserver<Msg> answers);

  private static void sendAll(List<Msg> requests, StreamObserver<Msg> call) {
    requests.forEach(call::onNext);
    call.onCompleted();
  }
}
