package eddy.chaos;

import eddy.crash.Instance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The instances of one app, and whoever starts one again that has ended by itself, as an
 * orchestrator would. For one thread.
 */
final class Fleet implements AutoCloseable {
  private static final long RESTART_AFTER_NANOS = 2_000_000_000L;

  private final List<Member> members = new ArrayList<>();
  private final List<String> ends = new ArrayList<>();

  private static final class Member {
    final Instance instance;
    boolean wanted;
    long endedAt;

    Member(Instance instance) {
      this.instance = instance;
    }
  }

  /** Adds an instance, which is not started. */
  Instance add(Path directory, Map<String, String> settings) throws IOException {
    Instance instance = new Instance(directory, settings);
    members.add(new Member(instance));
    return instance;
  }

  /** How an instance is called in reports. */
  static String name(int index) {
    return "app " + (index + 1);
  }

  int size() {
    return members.size();
  }

  Instance get(int index) {
    return members.get(index).instance;
  }

  void start(int index) throws IOException {
    Member member = members.get(index);
    member.instance.start();
    member.wanted = true;
    member.endedAt = 0;
  }

  void kill(int index) throws InterruptedException {
    members.get(index).wanted = false;
    members.get(index).instance.kill();
  }

  /** Tells an instance to end; it is gone when it no longer runs. */
  void askToStop(int index) {
    members.get(index).wanted = false;
    members.get(index).instance.askToStop();
  }

  boolean isRunning(int index) {
    return members.get(index).instance.isRunning();
  }

  /** Starts again what has ended without being told to. */
  void supervise() throws IOException {
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      if (!member.wanted || member.instance.isRunning()) {
        continue;
      }
      if (member.endedAt == 0) {
        member.endedAt = System.nanoTime();
        noteEnd(i);
      } else if (System.nanoTime() - member.endedAt > RESTART_AFTER_NANOS) {
        start(i);
      }
    }
  }

  /** Takes note of an instance that has gone otherwise than it should have. */
  void noteEnd(int index) throws IOException {
    Instance instance = members.get(index).instance;
    String log = instance.endOfLog();
    String last =
        log.lines()
            .filter(Fleet::tellsWhy)
            .reduce((first, second) -> second)
            .orElseGet(() -> log.lines().reduce((first, second) -> second).orElse("nothing"));
    ends.add(name(index) + " ended with " + instance.exitCode() + ": " + last);
  }

  private static boolean tellsWhy(String line) {
    return line.startsWith("eddy: ")
        || line.contains(" ERROR ")
        || line.startsWith("Exception in ")
        || line.startsWith("Caused by: ");
  }

  /** What has ended by itself, and what it said. */
  List<String> ends() {
    return ends;
  }

  @Override
  public void close() {
    members.forEach(member -> member.instance.close());
  }
}
