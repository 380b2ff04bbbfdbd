package eddy.benchmark.stream;

import static eddy.benchmark.Bar.number;

import eddy.benchmark.Bar;
import eddy.benchmark.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rates of one run, and their ratios. */
record StreamReport(Map<Pipe, PipeProcess.Result> results) {
  private List<Bar> bars() {
    List<Bar> bars = new ArrayList<>();
    bars.add(
        Bar.atLeast("single / decode, encode, and state", rates(Pipe.SINGLE, Pipe.STORED), 0.6));
    bars.add(Bar.atLeast("single / decode, encode", rates(Pipe.SINGLE, Pipe.CODEC), 0.6));
    bars.add(Bar.atLeast("panel / decode, encode", rates(Pipe.PANEL, Pipe.PANEL_CODEC), 0.4));
    bars.add(Bar.atLeast("write-behind / put per event", rates(Pipe.SINGLE, Pipe.PUT), 1));
    return bars;
  }

  boolean missed() {
    return bars().stream().anyMatch(Bar::missed);
  }

  private double rates(Pipe one, Pipe other) {
    return rate(one) / rate(other);
  }

  private double rate(Pipe pipe) {
    PipeProcess.Result result = results.get(pipe);
    return result == null ? Double.NaN : result.rate();
  }

  private double processor(Pipe one, Pipe other) {
    PipeProcess.Result of = results.get(one);
    PipeProcess.Result over = results.get(other);
    return of == null || over == null ? Double.NaN : over.processor() / of.processor();
  }

  String text() {
    Table bars = new Table("bar", "value", "needed", "");
    bars().forEach(b -> bars.add(b.what(), number(b.value()), b.bound(), b.verdict()));
    Table rates =
        new Table(
            "topology",
            "records/s",
            "processor us/record",
            "of bytes through",
            "of the same without learning",
            "by processor time");
    results.forEach(
        (pipe, result) -> {
          Pipe bare = pipe == Pipe.PANEL ? Pipe.PANEL_CODEC : Pipe.CODEC;
          rates.add(
              pipe.title(),
              String.format(java.util.Locale.ROOT, "%,.0f", result.rate()),
              number(result.processor()),
              number(rates(pipe, Pipe.PASS)),
              number(rates(pipe, bare)),
              number(processor(pipe, bare)));
        });
    return bars + "\n" + rates;
  }
}
