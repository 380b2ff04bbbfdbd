package eddy.chaos;

import eddy.crash.Cluster;
import java.io.IOException;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;

/** How each fault is done: to the brokers, the apps, the disk or the reader of predictions. */
final class Blows {
  private final Cluster cluster;
  private final int brokers;
  private final Fleet fleet;
  private final Watch watch;
  private final SlowReader reader;
  private final Disk disk; // null where none may be mounted
  private final String previous; // class path of the other build; null without
  private boolean upgraded;

  /**
   * Blows to these.
   *
   * @param brokers of the cluster
   * @param disk under the state of the first app; null where none may be mounted
   * @param previous class path of another build, which the apps have started with; null without
   */
  Blows(
      Cluster cluster,
      int brokers,
      Fleet fleet,
      Watch watch,
      SlowReader reader,
      Disk disk,
      String previous) {
    this.cluster = cluster;
    this.brokers = brokers;
    this.fleet = fleet;
    this.watch = watch;
    this.reader = reader;
    this.disk = disk;
    this.previous = previous;
  }

  /** Strikes, holds, and puts right; tells what was hit. */
  String strike(Fault fault, SplittableRandom chance)
      throws IOException, InterruptedException, ExecutionException {
    int app = chance.nextInt(fleet.size());
    switch (fault) {
      case KILL_APP -> {
        watch.rest(chance.nextInt(1000));
        fleet.kill(app);
        watch.rest(chance.nextInt(3000));
        fleet.start(app);
        return Fleet.name(app);
      }
      case FREEZE_APP -> {
        int millis = 5000 + chance.nextInt(25_000);
        fleet.get(app).freeze();
        watch.rest(millis);
        fleet.get(app).thaw();
        return String.format(Locale.ROOT, "%s for %.0f s", Fleet.name(app), millis / 1000.0);
      }
      case ROLLING_RESTART -> {
        for (int i = 0; i < fleet.size(); i++) {
          watch.stop(i);
          fleet.start(i);
          watch.rest(2000 + chance.nextInt(3000));
        }
        return "all " + fleet.size();
      }
      case REBALANCE -> {
        int times = 2 + chance.nextInt(3);
        for (int i = 0; i < times; i++) {
          watch.stop(app);
          watch.rest(chance.nextInt(1500));
          fleet.start(app);
          watch.rest(3000 + chance.nextInt(2000));
        }
        return Fleet.name(app) + " " + times + " times";
      }
      case KILL_BROKER -> {
        int broker = cluster.leader(chance.nextInt(Cluster.PARTITIONS));
        cluster.kill(broker);
        watch.rest(1000 + chance.nextInt(8000));
        watch.meanwhile(
            () -> {
              cluster.restart(broker);
              return null;
            });
        return "broker " + (broker + 1);
      }
      case MOVE_LEADERS -> {
        int by = 1 + chance.nextInt(brokers - 1);
        watch.meanwhile(
            () -> {
              cluster.moveLeaders(by);
              return null;
            });
        return "by " + by;
      }
      case DELETE_STATE -> {
        fleet.kill(app);
        fleet.get(app).deleteState();
        fleet.start(app);
        return Fleet.name(app);
      }
      case CORRUPT_STATE -> {
        return corrupt(app, chance);
      }
      case FULL_DISK -> {
        return fillDisk(chance);
      }
      case STALL_READER -> {
        reader.stall(true);
        watch.rest(3000 + chance.nextInt(7000));
        reader.stall(false);
        return "";
      }
      case UPGRADE -> {
        return upgrade(chance);
      }
    }
    throw new IllegalStateException("no such fault: " + fault);
  }

  /** There and back: each app in turn, so that both builds share the group for a while. */
  private String upgrade(SplittableRandom chance) throws IOException, InterruptedException {
    upgraded = !upgraded;
    for (int i = 0; i < fleet.size(); i++) {
      watch.stop(i);
      fleet.get(i).classPath(upgraded ? System.getProperty("java.class.path") : previous);
      fleet.start(i);
      watch.rest(5000 + chance.nextInt(5000));
    }
    return upgraded ? "to this build" : "back to the other build";
  }

  private String corrupt(int app, SplittableRandom chance)
      throws IOException, InterruptedException {
    // all of them in order, so that what is corrupted is what would be used
    for (int i = 0; i < fleet.size(); i++) {
      watch.stop(i);
    }
    Corruption way;
    int files;
    do {
      // not every version of Kafka Streams keeps every kind of file
      way = Corruption.values()[chance.nextInt(Corruption.values().length)];
      files = way.strike(fleet.get(app).state(), chance);
    } while (files == 0);
    for (int i = 0; i < fleet.size(); i++) {
      fleet.start(i);
    }
    return Fleet.name(app) + ", " + way.title() + " (" + files + ")";
  }

  private String fillDisk(SplittableRandom chance) throws IOException, InterruptedException {
    disk.fill();
    watch.rest(3000 + chance.nextInt(3000));
    // what opens its stores needs room
    fleet.kill(0);
    disk.fill();
    fleet.start(0);
    watch.rest(10_000 + chance.nextInt(10_000));
    disk.free();
    return Fleet.name(0);
  }
}
