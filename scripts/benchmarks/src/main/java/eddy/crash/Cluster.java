package eddy.crash;

import eddy.broker.BrokerProcess;
import eddy.broker.BrokerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/** One broker or three, each in a JVM of its own, with the topics of an app. */
public final class Cluster implements AutoCloseable {
  public static final int PARTITIONS = 4;

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final List<BrokerProcess> brokers = new ArrayList<>();
  private final Map<String, Object> client = new HashMap<>();

  private Cluster() {}

  /**
   * Starts brokers and creates the topics.
   *
   * @param nodes 1 or 3
   * @param directory of their data
   * @param topics each with {@value #PARTITIONS} partitions
   */
  public static Cluster start(int nodes, Path directory, List<String> topics)
      throws InterruptedException, ExecutionException {
    Cluster cluster = new Cluster();
    try {
      cluster.startBrokers(nodes, directory);
      cluster.createTopics(nodes, topics);
      return cluster;
    } catch (InterruptedException | ExecutionException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private void startBrokers(int nodes, Path directory) throws InterruptedException {
    List<BrokerSettings> settings = settings(nodes);
    // all at once: a node is ready when most of them are
    List<Thread> starting = new ArrayList<>();
    BrokerProcess[] started = new BrokerProcess[nodes];
    for (int node = 0; node < nodes; node++) {
      int number = node;
      Thread thread =
          new Thread(
              () ->
                  started[number] =
                      BrokerProcess.start(
                          settings.get(number), directory.resolve("broker-" + (number + 1))));
      starting.add(thread);
      thread.start();
    }
    for (Thread thread : starting) {
      thread.join();
    }
    for (BrokerProcess broker : started) {
      if (broker != null) {
        brokers.add(broker);
      }
    }
    if (brokers.size() < nodes) {
      throw new IllegalStateException("of " + nodes + " brokers " + brokers.size() + " started");
    }
    client.put("bootstrap.servers", bootstrapServers());
  }

  private static List<BrokerSettings> settings(int nodes) {
    List<BrokerSettings> settings = new ArrayList<>();
    for (int node = 1; node <= nodes; node++) {
      settings.add(
          new BrokerSettings(node, 0, 0, Map.of())
              .withFreePorts()
              .with("group.min.session.timeout.ms", 1000)
              // a broker that a busy machine holds up must not be taken for dead
              .with("broker.session.timeout.ms", nodes == 1 ? 60_000 : 6000)
              // the transaction of an app that lost its state directory ends by time alone
              .with("transaction.abort.timed.out.transaction.cleanup.interval.ms", 500));
    }
    if (nodes == 1) {
      return settings;
    }
    String voters =
        settings.stream()
            .map(node -> node.nodeId() + "@127.0.0.1:" + node.controllerPort())
            .collect(Collectors.joining(","));
    return settings.stream().map(node -> replicated(node, voters)).toList();
  }

  private static BrokerSettings replicated(BrokerSettings node, String voters) {
    return node.with("controller.quorum.voters", voters)
        .with("offsets.topic.replication.factor", 3)
        .with("transaction.state.log.replication.factor", 3)
        .with("transaction.state.log.min.isr", 2)
        .with("min.insync.replicas", 2)
        .with("default.replication.factor", 3);
  }

  private void createTopics(int nodes, List<String> names)
      throws InterruptedException, ExecutionException {
    // events of 2023 are to stay, and to begin no segment for every week since
    Map<String, String> kept =
        Map.of("retention.ms", "-1", "segment.ms", String.valueOf(Long.MAX_VALUE));
    List<NewTopic> topics = new ArrayList<>();
    for (String name : names) {
      topics.add(new NewTopic(name, PARTITIONS, (short) nodes).configs(kept));
    }
    try (Admin admin = Admin.create(client)) {
      admin.createTopics(topics).all().get();
    }
  }

  public String bootstrapServers() {
    return brokers.stream().map(BrokerProcess::bootstrapServers).collect(Collectors.joining(","));
  }

  /** Ends a broker as kill -9 does. */
  public void kill(int broker) {
    brokers.get(broker).kill();
  }

  /** Starts a killed broker again, and waits until it has every record. */
  public void restart(int broker) throws InterruptedException {
    brokers.get(broker).restart();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (Admin admin = Admin.create(client)) {
      while (!isInSync(admin)) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("broker " + (broker + 1) + " did not catch up");
        }
        Thread.sleep(200);
      }
    }
  }

  private boolean isInSync(Admin admin) throws InterruptedException {
    try {
      return admin
          .describeTopics(admin.listTopics().names().get())
          .allTopicNames()
          .get()
          .values()
          .stream()
          .map(TopicDescription::partitions)
          .flatMap(List::stream)
          .allMatch(Cluster::isComplete);
    } catch (ExecutionException e) {
      return false; // asked a broker that is not there yet
    }
  }

  private static boolean isComplete(TopicPartitionInfo partition) {
    return partition.isr().size() == partition.replicas().size();
  }

  /** The broker that leads a partition of the predictions, by its place. */
  public int leader(int partition) throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(client)) {
      int node =
          admin
              .describeTopics(List.of(Row.PREDICTIONS))
              .allTopicNames()
              .get()
              .get(Row.PREDICTIONS)
              .partitions()
              .get(partition)
              .leader()
              .id();
      return IntStream.range(0, brokers.size()).filter(i -> i + 1 == node).findFirst().orElse(0);
    }
  }

  /**
   * Makes other brokers lead all partitions, those of transactions and of groups among them.
   *
   * @param by how many places the leaders move in the order of replicas, from 1
   */
  public void moveLeaders(int by) throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(client)) {
      Map<TopicPartition, Optional<NewPartitionReassignment>> orders = new HashMap<>();
      admin
          .describeTopics(
              admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get())
          .allTopicNames()
          .get()
          .forEach(
              (name, topic) ->
                  topic
                      .partitions()
                      .forEach(
                          partition -> {
                            List<Integer> nodes =
                                new ArrayList<>(
                                    partition.replicas().stream().map(Node::id).toList());
                            Collections.rotate(nodes, by);
                            orders.put(
                                new TopicPartition(name, partition.partition()),
                                Optional.of(new NewPartitionReassignment(nodes)));
                          }));
      admin.alterPartitionReassignments(orders).all().get();
      admin.electLeaders(ElectionType.PREFERRED, orders.keySet()).partitions().get();
    }
  }

  @Override
  public void close() {
    // data are thrown away; nothing needs to be closed in order
    brokers.stream().filter(BrokerProcess::isAlive).forEach(BrokerProcess::kill);
  }
}
