// Package peer is what the Go peers share: the echo service, its relay, and how a peer talks to the driver.
package peer

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"
	"sync"
)

var output sync.Mutex

// say prints one JSON line, {"<what>": value}, for the driver.
func say(what string, value any) {
	line, err := json.Marshal(map[string]any{what: value})
	if err != nil {
		panic(err)
	}
	output.Lock()
	defer output.Unlock()
	fmt.Println(string(line))
}

// Ready tells the driver the port and the versions of these modules, as they were linked.
func Ready(port int, modules ...string) {
	say("ready", map[string]any{"port": port, "versions": versions(modules)})
}

// UntilToldToEnd waits for the end of standard input, which also comes when the driver dies.
func UntilToldToEnd() {
	_, _ = io.Copy(io.Discard, os.Stdin)
}

func versions(modules []string) []string {
	var found []string
	info, _ := debug.ReadBuildInfo()
	for _, module := range modules {
		for _, dependency := range info.Deps {
			if dependency.Path == module {
				found = append(found, name(module)+" "+strings.TrimPrefix(dependency.Version, "v"))
			}
		}
	}
	return found
}

// name shortens a module path to what people call the module.
func name(module string) string {
	parts := strings.Split(strings.TrimSuffix(module, "/v2"), "/")
	if module == "google.golang.org/grpc" {
		return "grpc-go"
	}
	return parts[len(parts)-1]
}
