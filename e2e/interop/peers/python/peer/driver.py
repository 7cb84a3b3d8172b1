"""How a peer talks to what drives it: JSON lines on its output, and the end of its input."""

import json
import sys
from importlib.metadata import version
from threading import Lock

_output = Lock()


def say(what: str, value: object) -> None:
    """Prints one line, {"<what>": value}."""
    with _output:
        print(json.dumps({what: value}), flush=True)


def ready(port: int, *packages: str) -> None:
    """Tells the port, and the versions of these packages as they are installed."""
    say("ready", {"port": port, "versions": [f"{package} {version(package)}" for package in packages]})


def until_told_to_end() -> None:
    """Waits for the end of standard input, which also comes when the driver dies."""
    sys.stdin.buffer.read()
