package eddy.benchmark.stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import eddy.config.EddyConfig;
import eddy.stream.WarmUp;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.streams.KafkaStreams;

/** One pipe in this JVM: warmed up, measured, told on standard output. */
final class PipeProcess {
  private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private PipeProcess() {}

  /**
   * What was measured.
   *
   * @param rate records a second
   * @param processor microseconds of processor time a record, of all threads
   */
  record Result(double rate, double processor) {}

  /** Arguments: pipe, bootstrap servers, input, output, threads, records, seconds. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    System.setProperty("log4j2.configurationFile", "classpath:eddy/cli/logging.xml");
    Pipe pipe = Pipe.valueOf(arguments[0]);
    EddyConfig config = pipe.config(arguments[1], arguments[2], arguments[3], arguments[3]);
    Path state = Files.createTempDirectory("eddy-bench");
    Properties properties = config.streamsProperties();
    properties.put("state.dir", state.toString());
    properties.put("num.stream.threads", arguments[4]);
    Result result =
        measure(
            pipe,
            config,
            properties,
            Long.parseLong(arguments[5]),
            Duration.ofSeconds(Long.parseLong(arguments[6])));
    System.out.println(new ObjectMapper().writeValueAsString(result));
    System.exit(0);
  }

  private static Result measure(
      Pipe pipe, EddyConfig config, Properties properties, long records, Duration longest)
      throws InterruptedException {
    LongAdder passed = new LongAdder();
    WarmUp.of(config.newPrequential());
    try (KafkaStreams streams = new KafkaStreams(pipe.topology(config, passed), properties)) {
      streams.start();
      // the first quarter warms up, or what comes in some seconds from the first record on
      await(passed, 1, PATIENCE);
      await(passed, records / 4, LONGEST_WARM_UP);
      OperatingSystemMXBean system =
          (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      long before = passed.sum();
      long processorBefore = system.getProcessCpuTime();
      long start = System.nanoTime();
      await(passed, records, longest);
      double seconds = (System.nanoTime() - start) / 1e9;
      double processor = (system.getProcessCpuTime() - processorBefore) / 1e3;
      long measured = passed.sum() - before;
      return new Result(measured / seconds, processor / measured);
    }
  }

  private static void await(LongAdder passed, long count, Duration longest)
      throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    while (passed.sum() < count && System.nanoTime() < deadline) {
      Thread.sleep(1);
    }
  }
}
