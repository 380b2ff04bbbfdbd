package eddy.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import eddy.query.Mailbox;
import eddy.query.TaskDesks;
import eddy.query.TaskSummary;
import eddy.query.TaskView;
import eddy.stream.EddyApp;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Looks at the app once a second, whoever asks, so that many who watch cost tasks no more than one.
 */
final class Overviews implements AutoCloseable {
  private static final long EVERY_MS = 1000;
  private static final long WAIT_MS = 800;
  private static final int RATE_OVER = 10;

  private final EddyApp app;
  private final TaskDesks desks;
  private final long started = System.nanoTime();
  private final Thread thread;

  /** What tasks said last, for those that are too busy to say it again. */
  private final Map<Integer, TaskSummary> known = new TreeMap<>();

  /** Time in nanoseconds and events, of each task, oldest first. */
  private final Deque<Map.Entry<Long, Map<Integer, Long>>> passed = new ArrayDeque<>();

  private byte[] newest;
  private List<TaskSummary> tasks = List.of();
  private long number;
  private boolean closed;

  Overviews(EddyApp app) {
    this.app = app;
    desks = app.desks().orElseThrow();
    look();
    thread = new Thread(this::run, "eddy-web-overview");
    thread.setDaemon(true);
    thread.start();
  }

  /** The newest, as JSON. */
  synchronized byte[] newest() {
    return newest;
  }

  /** What tasks said for it. */
  synchronized List<TaskSummary> tasks() {
    return tasks;
  }

  /**
   * Waits for one that is newer.
   *
   * @param seen number of the newest that is known
   * @return its number; less than zero where there will be no more
   */
  synchronized long awaitNewer(long seen) throws InterruptedException {
    while (number == seen && !closed) {
      wait();
    }
    return closed ? -1 : number;
  }

  private void run() {
    try {
      while (!isClosed()) {
        long begin = System.nanoTime();
        look();
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        Thread.sleep(Math.max(1, EVERY_MS - took));
      }
    } catch (InterruptedException e) {
      // told to end
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private void look() {
    List<TaskSummary> said = ask();
    long now = System.nanoTime();
    ObjectNode json =
        new Overview(app, said)
            .write(
                System.currentTimeMillis(),
                TimeUnit.NANOSECONDS.toMillis(now - started),
                rate(now, said));
    publish(Json.bytes(json), said);
  }

  private synchronized void publish(byte[] json, List<TaskSummary> said) {
    newest = json;
    tasks = said;
    number++;
    notifyAll();
  }

  private List<TaskSummary> ask() {
    Map<Integer, CompletableFuture<TaskSummary>> replies = new LinkedHashMap<>();
    for (Mailbox mailbox : desks.all()) {
      replies.put(
          mailbox.partition(),
          mailbox.ask(TaskView::summary).completeOnTimeout(null, WAIT_MS, TimeUnit.MILLISECONDS));
    }
    known.keySet().retainAll(replies.keySet());
    replies.forEach(
        (partition, reply) -> {
          TaskSummary said = reply.exceptionally(gone -> null).join();
          if (said != null) {
            known.put(partition, said);
          }
        });
    return new ArrayList<>(known.values());
  }

  /** Events a second of tasks that have been here all the time. */
  private double rate(long now, List<TaskSummary> said) {
    Map<Integer, Long> events = new LinkedHashMap<>();
    said.forEach(task -> events.put(task.partition(), task.events()));
    passed.addLast(Map.entry(now, events));
    if (passed.size() > RATE_OVER + 1) {
      passed.removeFirst();
    }
    double rate = 0;
    for (Map.Entry<Integer, Long> task : events.entrySet()) {
      for (Map.Entry<Long, Map<Integer, Long>> then : passed) {
        Long before = then.getValue().get(task.getKey());
        if (before != null && then.getKey() < now) {
          rate += Math.max(0, task.getValue() - before) * 1e9 / (now - then.getKey());
          break;
        }
      }
    }
    return rate;
  }

  /** Tells everybody who waits that there will be no more. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    thread.interrupt();
  }
}
