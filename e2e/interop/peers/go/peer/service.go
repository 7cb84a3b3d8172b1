package peer

import (
	"context"
	"errors"
	"io"

	"google.golang.org/grpc"

	"interop/echo"
)

// Service answers every message with what its handler sees of the call's context. Where a request names a route, it calls the
// next peer on it in the same shape, and the answer goes on with what that answered.
type Service struct {
	echo.UnimplementedEchoServer
	Name string
	// Dial makes a traced connection.
	Dial func(address string) (*grpc.ClientConn, error)
}

// How many messages a server stream has.
const answersToOne = 2

func (s *Service) Unary(ctx context.Context, request *echo.Msg) (*echo.Msg, error) {
	answers, err := s.answer(ctx, relayUnary, []*echo.Msg{request}, 1)
	if err != nil {
		return nil, err
	}
	return answers[0], nil
}

func (s *Service) ClientStream(stream grpc.ClientStreamingServer[echo.Msg, echo.Msg]) error {
	requests, err := readAll(stream.Recv)
	if err != nil {
		return err
	}
	answers, err := s.answer(stream.Context(), relayClientStream, requests, 1)
	if err != nil {
		return err
	}
	return stream.SendAndClose(answers[0])
}

func (s *Service) ServerStream(request *echo.Msg, stream grpc.ServerStreamingServer[echo.Msg]) error {
	answers, err := s.answer(stream.Context(), relayServerStream, []*echo.Msg{request}, answersToOne)
	if err != nil {
		return err
	}
	return sendAll(answers, stream.Send)
}

func (s *Service) Bidi(stream grpc.BidiStreamingServer[echo.Msg, echo.Msg]) error {
	requests, err := readAll(stream.Recv)
	if err != nil {
		return err
	}
	answers, err := s.answer(stream.Context(), relayBidi, requests, len(requests))
	if err != nil {
		return err
	}
	return sendAll(answers, stream.Send)
}

func (s *Service) answer(ctx context.Context, relay relay, requests []*echo.Msg, count int) ([]*echo.Msg, error) {
	line, err := visitLine(ctx, s.Name)
	if err != nil {
		return nil, err
	}
	next, rest := nextOnRoute(requests[0].Text)
	if next == "" {
		answers := make([]*echo.Msg, count)
		for index := range answers {
			answers[index] = &echo.Msg{Text: line}
		}
		return answers, nil
	}
	connection, err := s.Dial(next)
	if err != nil {
		return nil, err
	}
	defer connection.Close()
	onward := make([]*echo.Msg, len(requests))
	for index := range onward {
		onward[index] = &echo.Msg{Text: rest}
	}
	answers, err := relay(ctx, echo.NewEchoClient(connection), onward)
	for _, answer := range answers {
		answer.Text = line + "\n" + answer.Text
	}
	return answers, err
}

func readAll(receive func() (*echo.Msg, error)) ([]*echo.Msg, error) {
	var messages []*echo.Msg
	for {
		message, err := receive()
		if errors.Is(err, io.EOF) {
			return messages, nil
		}
		if err != nil {
			return nil, err
		}
		messages = append(messages, message)
	}
}

func sendAll(messages []*echo.Msg, send func(*echo.Msg) error) error {
	for _, message := range messages {
		if err := send(message); err != nil {
			return err
		}
	}
	return nil
}
