package eddy.benchmark;

import static eddy.benchmark.Bar.number;

import eddy.learn.LearnerSpec.Estimator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that one run measured.
 *
 * @param kernels by size, empty where not measured
 * @param events by row
 * @param peer null where not measured
 */
record Report(List<Kernel> kernels, List<EventProcess.Result> events, Peer peer) {
  /** Units of what has a bar. */
  static final int UNITS = 32;

  /** What the design asks for; what was not measured is there too. */
  List<Bar> bars() {
    List<Bar> bars = new ArrayList<>();
    Optional<Kernel> kernel = kernels.stream().filter(k -> k.units() == UNITS).findFirst();
    double share = kernel.map(k -> k.panels() / k.peak()).orElse(Double.NaN);
    double overEjml = kernel.map(k -> k.panels() / k.ejml()).orElse(Double.NaN);
    bars.add(Bar.atLeast("product, U=32 / peak of the core", share, 0.80));
    bars.add(Bar.atLeast("product, U=32 / EJML", overEjml, 15));
    EventRow lstm = EventRow.single("lstm", Estimator.RTRL, UNITS, 16);
    EventRow mixed = EventRow.single("mixed", Estimator.RTRL, UNITS, 16);
    EventRow windowed = EventRow.single("lstm", Estimator.TBPTT, UNITS, 16);
    EventRow number = EventRow.panel(16, 0);
    EventRow classes = EventRow.panel(16, 13);
    bars.add(speedUp("PyTorch / exact LSTM, 1 key", lstm, 1, 45));
    bars.add(speedUp("PyTorch / exact LSTM, 64 keys", lstm, 64, 22));
    double worst = whole(lstm, 1).map(Latency::worstPosition).orElse(Double.NaN);
    bars.add(Bar.atMost("exact LSTM, slowest position in a block / median", worst, 4));
    double standardised = standardised(mixed).map(this::overPeer).orElse(Double.NaN);
    bars.add(Bar.atLeast("PyTorch / mixed, standardised inputs", standardised, 1500));
    bars.add(speedUp("PyTorch / LSTM TBPTT(32)", windowed, 1, 200));
    bars.add(speedUp("PyTorch / default panel, one number", number, 1, 450));
    bars.add(speedUp("PyTorch / default panel, 13 classes", classes, 1, 220));
    for (EventRow row : EventRow.withBars()) {
      double bytes =
          result(row).stream()
              .flatMap(result -> result.whole().stream())
              .mapToDouble(Latency::bytes)
              .max()
              .orElse(Double.NaN);
      bars.add(Bar.atMost("bytes allocated per event, " + row, bytes, 0));
    }
    return bars;
  }

  private Bar speedUp(String what, EventRow row, int keys, double bound) {
    double ratio = whole(row, keys).map(this::overPeer).orElse(Double.NaN);
    return Bar.atLeast(what, ratio, bound);
  }

  private Optional<EventProcess.Result> result(EventRow row) {
    return events.stream().filter(result -> result.row().equals(row.toString())).findFirst();
  }

  private Optional<Latency> whole(EventRow row, int keys) {
    return result(row)
        .flatMap(r -> r.whole().stream().filter(latency -> latency.keys() == keys).findFirst());
  }

  /** Of one key. */
  private Optional<Latency> standardised(EventRow row) {
    return result(row).flatMap(r -> r.standardised().stream().findFirst());
  }

  private double overPeer(Latency latency) {
    return overPeer(UNITS, latency);
  }

  /** How many of these events PyTorch's takes, NaN where it did not run. */
  private double overPeer(int units, Latency latency) {
    return peer == null ? Double.NaN : peer.event(units) / latency.median();
  }

  /** All tables, as Markdown. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    Table bars = new Table("bar", "value", "needed", "");
    bars().forEach(b -> bars.add(b.what(), number(b.value()), b.bound(), b.verdict()));
    text.append(bars).append('\n');
    if (!kernels.isEmpty()) {
      text.append(kernelTable()).append('\n');
    }
    if (peer != null) {
      text.append(peerTable()).append('\n');
    }
    return text.append(eventTable()).toString();
  }

  private Table kernelTable() {
    Table table =
        new Table(
            "[U][U] by [U][P], GFLOP/s", "panels", "rows", "EJML", "peak", "share", "over EJML");
    for (Kernel k : kernels) {
      table.add(
          "U=" + k.units() + ", P=" + KernelBenchmark.columns(k.units()),
          number(k.panels()),
          number(k.rows()),
          number(k.ejml()),
          number(k.peak()),
          number(k.panels() / k.peak()),
          number(k.panels() / k.ejml()));
    }
    return table;
  }

  private Table peerTable() {
    Table table = new Table("PyTorch " + peer.torch() + ", us", "autograd", "nn.LSTM", "by hand");
    for (Peer.Size size : peer.rows()) {
      table.add(
          "U=" + size.units(), number(size.flat()), number(size.module()), number(size.manual()));
    }
    return table;
  }

  private Table eventTable() {
    Table table =
        new Table(
            "learner",
            "U",
            "I",
            "keys",
            "event us",
            "mean us",
            "p99.9 us",
            "slowest position",
            "B/event",
            "bare us",
            "standardised us",
            "PyTorch / event",
            "PyTorch / bare",
            "PyTorch / standardised");
    for (EventProcess.Result result : events) {
      EventRow row = EventRow.parse(result.row());
      for (int i = 0; i < result.whole().size(); i++) {
        Latency whole = result.whole().get(i);
        Latency bare = i < result.bare().size() ? result.bare().get(i) : null;
        Latency standardised = bare == null ? null : result.standardised().get(i);
        table.add(
            name(row, result),
            Integer.toString(row.units()),
            Integer.toString(row.inputs()),
            Integer.toString(whole.keys()),
            number(whole.median()) + (whole.steady() ? "" : " *"),
            number(whole.mean()),
            number(whole.tail()),
            number(whole.worstPosition()),
            number(whole.bytes()),
            bare == null ? "-" : number(bare.median()),
            bare == null ? "-" : number(standardised.median()),
            number(overPeer(row.units(), whole)),
            bare == null ? "-" : number(overPeer(row.units(), bare)),
            bare == null ? "-" : number(overPeer(row.units(), standardised)));
      }
    }
    return table;
  }

  private static String name(EventRow row, EventProcess.Result result) {
    String labels = row.classes() == 0 ? "one number" : row.classes() + " classes";
    return row.panel() ? "default panel, " + labels : result.learner().split(" ")[0];
  }

  /** The same as values for JSON. */
  Map<String, Object> data(Map<String, String> machine) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("machine", machine);
    List<Map<String, Object>> bars = new ArrayList<>();
    for (Bar bar : bars()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("bar", bar.what());
      row.put("value", Double.isNaN(bar.value()) ? null : bar.value());
      row.put("needed", bar.bound());
      row.put("verdict", bar.verdict());
      bars.add(row);
    }
    data.put("bars", bars);
    data.put("kernels", kernels);
    data.put("peer", peer);
    data.put("events", events);
    return data;
  }
}
