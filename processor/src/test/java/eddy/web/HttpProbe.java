package eddy.web;

import eddy.config.EddyConfig;
import eddy.fuzz.Probe;
import eddy.stream.EddyApp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Sends bytes to a server of this process as they are, of an app that has not been started. */
final class HttpProbe implements Probe {
  private static final int PATIENCE_MS = 20_000;

  /** What is read of an answer; one that goes on, as the live overview does, is left. */
  private static final int MOST_READ = 4096;

  private static final int CLOSED = 1;
  private static final int FAILED = 500;

  private final WebServer web;

  HttpProbe() {
    Map<String, String> properties = new HashMap<>();
    properties.put("application.id", "hostile");
    properties.put("bootstrap.servers", "127.0.0.1:1");
    properties.put("state.dir", directory().toString());
    properties.put("eddy.input.topic", "in");
    properties.put("eddy.output.topic", "out");
    properties.put("eddy.dead.letter.topic", "dead");
    properties.put("eddy.features", "x");
    properties.put("eddy.targets", "x@+1");
    properties.put("eddy.units", "4");
    properties.put("eddy.web.port", "0");
    properties.put("eddy.web.rate", "0");
    EddyApp app = EddyApp.of(EddyConfig.of(properties));
    web = WebServer.start(app, app.config().web().orElseThrow());
  }

  private static Path directory() {
    try {
      Path directory = Files.createTempDirectory("eddy-fuzz");
      directory.toFile().deleteOnExit();
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int show(byte[] input) throws IOException {
    String answer = answer(input);
    if (answer.isEmpty()) {
      return CLOSED;
    }
    if (!answer.matches("(?s)HTTP/1\\.[01] [1-5]\\d\\d[ \r].*")) {
      throw new AssertionError("answered by " + answer);
    }
    int status = Integer.parseInt(answer.substring(9, 12));
    if (status == FAILED || answer.contains("\tat ")) {
      throw new AssertionError("the server failed: " + answer);
    }
    return status < 300 ? 0 : status;
  }

  private String answer(byte[] input) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", web.port())) {
      socket.setSoTimeout(PATIENCE_MS);
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      try {
        socket.getOutputStream().write(input);
        // nothing more will come: what is not whole can be refused now
        socket.shutdownOutput();
        InputStream in = socket.getInputStream();
        byte[] some = new byte[MOST_READ];
        int read = in.read(some);
        while (read >= 0 && answer.size() < MOST_READ) {
          answer.write(some, 0, read);
          read = isLive(answer) ? -1 : in.read(some);
        }
      } catch (SocketException e) {
        // closed while it was sent, since it was refused before its end
      }
      return answer.toString(StandardCharsets.ISO_8859_1);
    }
  }

  private static boolean isLive(ByteArrayOutputStream answer) {
    return answer.toString(StandardCharsets.ISO_8859_1).contains("text/event-stream");
  }
}
