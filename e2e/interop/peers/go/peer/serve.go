package peer

import (
	"log"
	"net"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"interop/echo"
)

// Listen takes a free port of the loopback interface.
func Listen() (net.Listener, int) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	return listener, listener.Addr().(*net.TCPAddr).Port
}

// Serve serves until it is told to end; then every call has ended, and so has its span.
func Serve(name string, server grpc.ServerOption, client grpc.DialOption, modules ...string) {
	listener, port := Listen()
	grpcServer := grpc.NewServer(server)
	echo.RegisterEchoServer(grpcServer, &Service{Name: name, Dial: func(address string) (*grpc.ClientConn, error) {
		return grpc.NewClient(address, client, grpc.WithTransportCredentials(insecure.NewCredentials()))
	}})
	go func() {
		if err := grpcServer.Serve(listener); err != nil {
			log.Fatal(err)
		}
	}()
	Ready(port, modules...)
	UntilToldToEnd()
	grpcServer.GracefulStop()
}
