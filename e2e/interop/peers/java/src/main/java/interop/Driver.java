package interop;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** How a peer talks to what drives it: JSON lines on its output, and the end of its input. */
final class Driver {
  private record Ready(int port, List<String> versions) {}

  private static final Gson JSON = new Gson();

  /** Tells the port, and the versions of what it speaks with. */
  static void ready(int port, List<String> versions) {
    say("ready", new Ready(port, versions));
  }

  /** Prints one line, {"<what>": value}. */
  static synchronized void say(String what, Object value) {
    System.out.println(JSON.toJson(Map.of(what, value)));
  }

  /** Waits for the end of standard input, which also comes when the driver dies. */
  static void untilToldToEnd() throws IOException {
    System.in.transferTo(OutputStream.nullOutputStream());
  }

  /** The version in the manifest of the jar that the class was loaded from. */
  static String version(Class<?> of) {
    return of.getPackage().getImplementationVersion();
  }

  private Driver() {}
}
