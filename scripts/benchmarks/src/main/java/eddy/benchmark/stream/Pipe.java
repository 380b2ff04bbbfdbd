package eddy.benchmark.stream;

import eddy.config.EddyConfig;
import eddy.stream.EddyTopology;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/** A topology from the same input to an output: the app, or one that does less of its work. */
enum Pipe {
  PASS("bytes through", false, false, false),
  CODEC("decode, encode, single's record", false, false, false),
  STORED("the same, and single's state at every commit", false, false, false),
  SINGLE("single mixed U=32", true, false, false),
  PUT("single, state put per event", true, false, true),
  PANEL_CODEC("decode, encode, panel's record", false, true, false),
  PANEL("default panel", true, true, false);

  private static final Serde<byte[]> BYTES = Serdes.ByteArray();
  private static final int INPUTS = 16;

  private final String title;
  private final boolean learns;
  private final boolean panel;
  private final boolean putsPerEvent;

  Pipe(String title, boolean learns, boolean panel, boolean putsPerEvent) {
    this.title = title;
    this.learns = learns;
    this.panel = panel;
    this.putsPerEvent = putsPerEvent;
  }

  /** As the table names it. */
  String title() {
    return title;
  }

  /** The learner's configuration; what does not learn decodes and writes by it. */
  EddyConfig config(String bootstrapServers, String input, String output, String application) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("application.id", application);
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put("eddy.input.topic", input);
    settings.put("eddy.output.topic", output);
    settings.put("eddy.dead.letter.topic", output + ".rejected");
    StringBuilder features = new StringBuilder("x0");
    for (int i = 1; i < INPUTS; i++) {
      features.append(",x").append(i);
    }
    settings.put("eddy.features", features.toString());
    settings.put("eddy.targets", "y@+1");
    settings.put("eddy.cell", "mixed");
    settings.put("eddy.units", "32");
    settings.put("eddy.panel", panel ? "auto" : "single");
    if (putsPerEvent) {
      // room for one object: every event of another key writes the one before it
      settings.put("eddy.heap.bytes", "1");
    }
    return EddyConfig.of(settings);
  }

  /**
   * The topology.
   *
   * @param passed counts the records that reach the output
   */
  Topology topology(EddyConfig config, LongAdder passed) {
    StreamsBuilder builder = new StreamsBuilder();
    output(builder, config)
        .peek((key, value) -> passed.increment(), Named.as("count"))
        .to(config.outputTopic(), Produced.with(BYTES, BYTES).withName("out"));
    return builder.build(config.streamsProperties());
  }

  private KStream<byte[], byte[]> output(StreamsBuilder builder, EddyConfig config) {
    if (learns) {
      return EddyTopology.of(config).addTo(builder).predictions();
    }
    KStream<byte[], byte[]> input =
        builder.stream(config.inputTopic(), Consumed.with(BYTES, BYTES).withName("in"));
    return this == PASS
        ? input
        : input.processValues(new CodecSupplier(config, this == STORED), Named.as("codec"));
  }
}
