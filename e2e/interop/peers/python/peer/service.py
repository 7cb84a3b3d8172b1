from collections.abc import Callable, Iterable, Iterator

import grpc
from echo_pb2 import Msg
from echo_pb2_grpc import EchoServicer, EchoStub

from peer.relay import Relay, bidi, client_stream, server_stream, unary
from peer.visit import visit_line

# How many messages a server stream has.
ANSWERS_TO_ONE = 2


class EchoService(EchoServicer):
    """
    Answers every message with what its handler sees of the call's context. Where a request names a route, it calls the
    next peer on it in the same shape, and the answer goes on with what that answered.
    """

    def __init__(self, name: str, dial: Callable[[str], grpc.Channel]) -> None:
        """`dial` makes a traced channel."""
        self._name = name
        self._dial = dial

    def Unary(self, request: Msg, context: grpc.ServicerContext) -> Msg:
        return self._answer(unary, [request], 1)[0]

    def ClientStream(self, request_iterator: Iterable[Msg], context: grpc.ServicerContext) -> Msg:
        return self._answer(client_stream, list(request_iterator), 1)[0]

    def ServerStream(self, request: Msg, context: grpc.ServicerContext) -> Iterator[Msg]:
        yield from self._answer(server_stream, [request], ANSWERS_TO_ONE)

    def Bidi(self, request_iterator: Iterable[Msg], context: grpc.ServicerContext) -> Iterator[Msg]:
        requests = list(request_iterator)
        yield from self._answer(bidi, requests, len(requests))

    def _answer(self, relay: Relay, requests: list[Msg], count: int) -> list[Msg]:
        line = visit_line(self._name)
        next_address, _, rest = requests[0].text.partition(" ")
        if next_address == "":
            return [Msg(text=line)] * count
        with self._dial(next_address) as channel:
            answers = relay(EchoStub(channel), [Msg(text=rest)] * len(requests))
        return [Msg(text=f"{line}\n{answer.text}") for answer in answers]
