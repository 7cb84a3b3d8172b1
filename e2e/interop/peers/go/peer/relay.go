package peer

import (
	"context"
	"strings"

	"interop/echo"
)

// relay makes one call of its shape and gives all that was answered.
type relay func(ctx context.Context, client echo.EchoClient, requests []*echo.Msg) ([]*echo.Msg, error)

// nextOnRoute splits a route, which is addresses with spaces between them.
func nextOnRoute(route string) (next, rest string) {
	next, rest, _ = strings.Cut(route, " ")
	return next, rest
}

func relayUnary(ctx context.Context, client echo.EchoClient, requests []*echo.Msg) ([]*echo.Msg, error) {
	return one(client.Unary(ctx, requests[0]))
}

func relayClientStream(ctx context.Context, client echo.EchoClient, requests []*echo.Msg) ([]*echo.Msg, error) {
	stream, err := client.ClientStream(ctx)
	if err != nil {
		return nil, err
	}
	if err := sendAll(requests, stream.Send); err != nil {
		return nil, err
	}
	return one(stream.CloseAndRecv())
}

func relayServerStream(ctx context.Context, client echo.EchoClient, requests []*echo.Msg) ([]*echo.Msg, error) {
	stream, err := client.ServerStream(ctx, requests[0])
	if err != nil {
		return nil, err
	}
	return readAll(stream.Recv)
}

func relayBidi(ctx context.Context, client echo.EchoClient, requests []*echo.Msg) ([]*echo.Msg, error) {
	stream, err := client.Bidi(ctx)
	if err != nil {
		return nil, err
	}
	if err := sendAll(requests, stream.Send); err != nil {
		return nil, err
	}
	if err := stream.CloseSend(); err != nil {
		return nil, err
	}
	return readAll(stream.Recv)
}

func one(answer *echo.Msg, err error) ([]*echo.Msg, error) {
	if err != nil {
		return nil, err
	}
	return []*echo.Msg{answer}, nil
}
