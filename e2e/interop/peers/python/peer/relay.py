"""One function for each call shape: makes the call, and gives all that was answered."""

from collections.abc import Callable

from echo_pb2 import Msg
from echo_pb2_grpc import EchoStub

Relay = Callable[[EchoStub, list[Msg]], list[Msg]]


def unary(stub: EchoStub, requests: list[Msg]) -> list[Msg]:
    return [stub.Unary(requests[0])]


def client_stream(stub: EchoStub, requests: list[Msg]) -> list[Msg]:
    return [stub.ClientStream(iter(requests))]


def server_stream(stub: EchoStub, requests: list[Msg]) -> list[Msg]:
    return list(stub.ServerStream(requests[0]))


def bidi(stub: EchoStub, requests: list[Msg]) -> list[Msg]:
    return list(stub.Bidi(iter(requests)))
