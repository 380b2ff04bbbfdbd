package eddy.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The way to a server on this machine, which can be shut: connections break, new ones fail. */
public final class Gate implements Closeable {
  private final ServerSocket entrance;
  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger refused = new AtomicInteger();
  private volatile boolean shut;

  /** A gate that is open. */
  public Gate(int port) throws IOException {
    this.port = port;
    entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::admit);
  }

  /** Where it is entered. */
  public int entrance() {
    return entrance.getLocalPort();
  }

  /** How many were refused since it was shut. */
  public int refused() {
    return refused.get();
  }

  public void shut() {
    shut = true;
    open.forEach(Gate::end);
  }

  public void reopen() {
    shut = false;
  }

  private void admit() {
    while (!entrance.isClosed()) {
      try {
        Socket guest = entrance.accept();
        if (shut) {
          refused.incrementAndGet();
          end(guest);
          continue;
        }
        Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
        open.add(guest);
        open.add(server);
        daemon(() -> pass(guest, server));
        daemon(() -> pass(server, guest));
      } catch (IOException e) {
        // closed, or the server is not there
      }
    }
  }

  private void pass(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      // the other direction, or the gate, has ended it
    } finally {
      end(from);
      end(to);
      open.remove(from);
      open.remove(to);
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is gone
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "gate");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    shut();
    entrance.close();
  }
}
