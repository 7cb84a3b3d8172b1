// A peer on Kratos with its tracing middleware and the propagators that it has of itself, Metadata{} among them.
package main

import (
	"context"
	"log"

	"github.com/go-kratos/kratos/v2"
	"github.com/go-kratos/kratos/v2/middleware/tracing"
	kratosgrpc "github.com/go-kratos/kratos/v2/transport/grpc"
	"google.golang.org/grpc"

	"interop/echo"
	"interop/peer"
)

const name = "kratos"

func main() {
	provider := tracing.WithTracerProvider(peer.NewTracerProvider(name))
	listener, port := peer.Listen()
	server := kratosgrpc.NewServer(kratosgrpc.Listener(listener), kratosgrpc.Middleware(tracing.Server(provider)))
	echo.RegisterEchoServer(server, &peer.Service{Name: name, Dial: func(address string) (*grpc.ClientConn, error) {
		return kratosgrpc.DialInsecure(
			context.Background(),
			kratosgrpc.WithEndpoint(address),
			kratosgrpc.WithMiddleware(tracing.Client(provider)),
		)
	}})
	app := kratos.New(kratos.Name(name), kratos.Server(server), kratos.AfterStart(func(context.Context) error {
		peer.Ready(port, "github.com/go-kratos/kratos/v2", "google.golang.org/grpc")
		return nil
	}))
	go func() {
		peer.UntilToldToEnd()
		if err := app.Stop(); err != nil {
			log.Fatal(err)
		}
	}()
	if err := app.Run(); err != nil {
		log.Fatal(err)
	}
}
