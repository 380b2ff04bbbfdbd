package eddy.stream;

import eddy.config.ConfigurationException;
import eddy.config.EddyConfig;
import eddy.event.SchemaRegistryException;
import eddy.learn.IncompatibleStateException;
import eddy.learn.Prequential;
import eddy.query.TaskDesks;
import eddy.task.StateBudget;
import eddy.task.TaskLearner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running app: topics checked, Kafka Streams started, failures told, closed in order.
 *
 * <p>Started once and closed once. Safe for use by several threads.
 */
public final class EddyApp implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EddyApp.class);
  private static final Duration DISK_PAUSE = Duration.ofSeconds(5);
  private static final Duration CLOSED_WITHIN = Duration.ofSeconds(30);

  private final EddyConfig config;
  private final EddyTopology topology;
  private final StateDisk disk;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final PassingFaults faults = new PassingFaults(System::nanoTime);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final RestoreLog restored = new RestoreLog();

  /** Null where nobody asks. */
  private final TaskDesks desks;

  private volatile HostInfo address;
  private volatile int partitionCount;
  private volatile Topology built;
  private volatile KafkaStreams streams;

  private EddyApp(EddyConfig config) {
    this.config = config.requireStreams();
    desks = config.web().map(web -> new TaskDesks(web.recentBytes())).orElse(null);
    topology = EddyTopology.of(config, desks);
    disk = StateDisk.of(config.streamsProperties());
  }

  /**
   * An app that has not been started.
   *
   * @throws ConfigurationException where something is missing that a stream app needs, or the
   *     learner does not fit into its budget
   */
  public static EddyApp of(EddyConfig config) {
    return new EddyApp(config);
  }

  /**
   * Checks the topics and starts; returns while the app is still joining its group.
   *
   * @throws ConfigurationException where no broker answers, a topic is missing or cannot be used,
   *     or no event has a field that the configuration names
   */
  public synchronized void start() throws InterruptedException {
    if (streams != null || ended.getCount() == 0) {
      throw new IllegalStateException("An app is started once; make another one");
    }
    Map<String, Integer> partitions =
        new TopicCheck(config, TaskLearner.LARGEST_DEAD_LETTER).partitions();
    partitionCount = partitions.get(config.inputTopic());
    new InputCheck(config, partitions.get(config.inputTopic())).check();
    StateBudget budget =
        StateBudget.of(config, topology.learner(), partitions.get(config.inputTopic())).require();
    describe(partitions);
    log.info("What state takes:\n{}", String.join("\n", budget.lines()));
    warmUp();
    built = topology.build();
    try {
      startStreams();
    } catch (ProcessorStateException e) {
      startWithoutLocalState(e);
    }
  }

  private void startStreams() {
    KafkaStreams made = new KafkaStreams(built, streamsProperties());
    made.setUncaughtExceptionHandler(this::answer);
    made.setStateListener((now, before) -> changed(made, now));
    made.setGlobalStateRestoreListener(restored);
    streams = made;
    made.start();
  }

  /** Kafka Streams opens what local state there is before any of its threads starts. */
  private void startWithoutLocalState(ProcessorStateException unusable) {
    log.warn(
        "Local state cannot be used: {}; {}it is deleted, and restored from the changelogs",
        failureLine(unusable),
        disk.shortage());
    KafkaStreams failed = streams;
    streams = null;
    if (failed != null) {
      failed.close(CLOSED_WITHIN);
      failed.cleanUp();
    }
    try {
      startStreams();
    } catch (ProcessorStateException e) {
      throw new ProcessorStateException(disk.shortage() + failureLine(e), e);
    }
  }

  private Properties streamsProperties() {
    Properties properties = config.streamsProperties();
    if (address != null) {
      properties.putIfAbsent(
          StreamsConfig.APPLICATION_SERVER_CONFIG, address.host() + ":" + address.port());
    }
    return properties;
  }

  /**
   * Tells the other instances where this one is asked, unless application.server does; before the
   * start.
   */
  public void reachableAt(String host, int port) {
    address = new HostInfo(host, port);
  }

  /** What it was made of. */
  public EddyConfig config() {
    return config;
  }

  /** Where the tasks of this instance are asked; empty where they answer nothing. */
  public Optional<TaskDesks> desks() {
    return Optional.ofNullable(desks);
  }

  /** Its learner, to ask what it is and what it costs; not to learn with. */
  public Prequential learner() {
    return topology.learner();
  }

  /** What is being restored. */
  public RestoreProgress restoring() {
    return restored.progress();
  }

  /** What Kafka Streams runs; empty before the start. */
  public Optional<TopologyDescription> description() {
    return Optional.ofNullable(built).map(Topology::describe);
  }

  /** All metrics of Kafka Streams, its clients and the learner; none before the start. */
  public Map<MetricName, ? extends Metric> metrics() {
    KafkaStreams started = streams;
    return started == null ? Map.of() : started.metrics();
  }

  /** All instances that share the partitions, as far as this one knows. */
  public List<Instance> instances() {
    KafkaStreams started = streams;
    return started == null || !started.state().isRunningOrRebalancing()
        ? List.of()
        : Instance.of(started, streamsProperties(), learnedTopic());
  }

  /** Host and port where the others ask this instance; empty where it has none. */
  public Optional<String> server() {
    return Optional.ofNullable(streamsProperties().get(StreamsConfig.APPLICATION_SERVER_CONFIG))
        .map(Object::toString)
        .filter(server -> !server.isEmpty());
  }

  /** Who learns from a key's events; empty while that is not known, such as in a rebalance. */
  public Optional<KeyOwner> owner(byte[] key) {
    KafkaStreams started = streams;
    if (started == null || !started.state().isRunningOrRebalancing()) {
      return Optional.empty();
    }
    KeyQueryMetadata owner =
        started.queryMetadataForKey(LearningProcessor.KEYS, key, Serdes.ByteArray().serializer());
    if (owner == null || owner.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
      return Optional.empty();
    }
    HostInfo host = owner.activeHost();
    boolean reachable = host != null && host.port() > 0;
    return Optional.of(
        new KeyOwner(owner.partition(), reachable ? host.host() + ":" + host.port() : null));
  }

  /** How many partitions the input has; 0 before the start. */
  public int partitions() {
    return partitionCount;
  }

  /** The topic whose partitions tasks learn from. */
  public String learnedTopic() {
    return config.usesLedger() ? config.ledgerTopic() : config.inputTopic();
  }

  private void describe(Map<String, Integer> partitions) {
    Prequential learner = topology.learner();
    log.info(
        "Learner {} on {} kernels: {} parameters, {} bytes per key, weights per {}",
        learner.learner(),
        learner.kernels(),
        learner.parameters(),
        learner.bytesPerKey(),
        config.learnerSpec().scope().name().toLowerCase(java.util.Locale.ROOT));
    if (!config.learnerSpec().traceDurable()) {
      log.warn(
          "eddy.trace.durable=false: keys that come back from the store learn from a zero carry, so"
              + " learning is neither exactly-once nor can it be verified");
    }
    log.info("Topics and their partitions: {}", partitions);
    if (!partitions.get(config.inputTopic()).equals(partitions.get(config.outputTopic()))) {
      log.warn(
          "Topic {} has another number of partitions than {}: predictions stay in order by key, not"
              + " by partition",
          config.outputTopic(),
          config.inputTopic());
    }
  }

  private void warmUp() {
    if (config.warmUpMillis() == 0) {
      return;
    }
    WarmUp warmUp = WarmUp.of(topology.learner(), config.warmUpMillis());
    log.info(
        "Warmed up by {} made-up events in {} ms, {} ns an event",
        warmUp.events(),
        TimeUnit.NANOSECONDS.toMillis(warmUp.nanos()),
        Math.round(warmUp.nanosPerEvent()));
  }

  private StreamThreadExceptionResponse answer(Throwable thrown) {
    switch (faults.of(thrown)) {
      case CLUSTER -> {
        log.warn(
            "A thread begins anew, nothing of the open transaction is kept: {}",
            failureLine(thrown));
        return StreamThreadExceptionResponse.REPLACE_THREAD;
      }
      case LOCAL_STATE -> {
        log.warn(
            "Local state cannot be used: {}; {}a new thread restores it from the changelogs in {} s,"
                + " nothing of the open transaction is kept",
            failureLine(thrown),
            disk.shortage(),
            DISK_PAUSE.toSeconds());
        pause();
        return StreamThreadExceptionResponse.REPLACE_THREAD;
      }
      case LASTING -> {
        if (failure.compareAndSet(null, thrown)) {
          log.error(
              "Stopping, nothing of the open transaction is kept: {}{}",
              disk.shortage(),
              failureLine(thrown));
        }
      }
    }
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  /** On the thread that fails, so that a full disk does not make one fail after the other. */
  private static void pause() {
    try {
      Thread.sleep(DISK_PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void changed(KafkaStreams of, KafkaStreams.State now) {
    if (of != streams) {
      return; // given up before it ran
    }
    log.info("App {} is {}", config.streamsProperties().get("application.id"), now);
    if (now == KafkaStreams.State.ERROR || now == KafkaStreams.State.NOT_RUNNING) {
      ended.countDown();
    }
  }

  /** What Kafka Streams is doing; CREATED before the start. */
  public KafkaStreams.State state() {
    KafkaStreams started = streams;
    return started == null ? KafkaStreams.State.CREATED : started.state();
  }

  /** What ended the app by itself; empty as long as it runs, or when it was closed. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure.get());
  }

  /**
   * One line about {@link #failure()} for people.
   *
   * <p>State of another configuration is told as what was expected and what was found.
   */
  public Optional<String> failureLine() {
    return failure().map(EddyApp::failureLine);
  }

  private static String failureLine(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null
        && !(cause instanceof IncompatibleStateException)
        && !(cause instanceof ConfigurationException)
        && !(cause instanceof SchemaRegistryException)) {
      cause = cause.getCause();
    }
    if (cause instanceof IncompatibleStateException) {
      return "stored state cannot be used: " + cause.getMessage();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  /** Whether the failure can only be mended by another configuration or a reset. */
  public boolean isMisconfigured() {
    for (Throwable cause = failure.get(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IncompatibleStateException || cause instanceof ConfigurationException) {
        return true;
      }
    }
    return false;
  }

  /** Waits until the app has failed or was closed. */
  public void awaitEnd() throws InterruptedException {
    ended.await();
  }

  /** Waits until the app has failed or was closed; false when it has not in that time. */
  public boolean awaitEnd(Duration within) throws InterruptedException {
    return ended.await(within.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Commits what was learned and stops, within half a minute; does nothing when it is stopped.
   *
   * <p>Leaves the group, so that others take over at once; a static member (group.instance.id)
   * stays in it, for it is expected back.
   */
  @Override
  public synchronized void close() {
    if (streams != null) {
      CloseOptions.GroupMembershipOperation membership =
          isStaticMember()
              ? CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP
              : CloseOptions.GroupMembershipOperation.LEAVE_GROUP;
      boolean closed =
          streams.close(
              CloseOptions.timeout(CLOSED_WITHIN).withGroupMembershipOperation(membership));
      if (!closed) {
        log.warn("The app did not stop within {} s", CLOSED_WITHIN.toSeconds());
      }
    }
    ended.countDown();
  }

  private boolean isStaticMember() {
    Properties settings = config.streamsProperties();
    String key = CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG;
    return List.of(key, StreamsConfig.consumerPrefix(key), StreamsConfig.mainConsumerPrefix(key))
        .stream()
        .anyMatch(settings::containsKey);
  }
}
