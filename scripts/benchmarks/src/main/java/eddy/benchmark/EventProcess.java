package eddy.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import eddy.learn.Prequential;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Measures one row, in a JVM of its own: call sites that have seen other cells are slower. */
final class EventProcess {
  private static final Pattern BLOCK = Pattern.compile("block-rtrl\\((\\d+)\\)");

  /** At most this part of the heap may be states of keys. */
  private static final int HEAP_PART = 2;

  private EventProcess() {}

  /**
   * What one row took.
   *
   * @param learner what the planner chose
   * @param bytesPerKey of encoded state
   * @param whole by number of keys, the product's whole event
   * @param bare by number of keys, the estimator's event; empty for panels
   * @param standardised the same with standardisation of its inputs
   */
  record Result(
      String row,
      String learner,
      long bytesPerKey,
      List<Latency> whole,
      List<Latency> bare,
      List<Latency> standardised) {
    /** The less disturbed of two measurements, for every number of keys. */
    Result faster(Result other) {
      return new Result(
          row,
          learner,
          bytesPerKey,
          faster(whole, other.whole),
          faster(bare, other.bare),
          faster(standardised, other.standardised));
    }

    private static List<Latency> faster(List<Latency> one, List<Latency> other) {
      return IntStream.range(0, one.size()).mapToObj(i -> one.get(i).faster(other.get(i))).toList();
    }
  }

  /** Prints the result of the row and effort that are named as one line of JSON. */
  public static void main(String[] arguments) throws IOException {
    Effort effort = arguments[1].equals("quick") ? Effort.QUICK : Effort.FULL;
    Result result = measure(EventRow.parse(arguments[0]), effort);
    System.out.println(new ObjectMapper().writeValueAsString(result));
  }

  static Result measure(EventRow row, Effort effort) {
    Prequential learner = Prequential.of(row.spec());
    Matcher block = BLOCK.matcher(learner.learner());
    int period = block.find() ? Integer.parseInt(block.group(1)) : 1;
    List<Latency> whole = new ArrayList<>();
    List<Latency> bare = new ArrayList<>();
    List<Latency> standardised = new ArrayList<>();
    for (int keys : row.keys()) {
      if ((long) keys * learner.bytesPerKey() > Runtime.getRuntime().maxMemory() / HEAP_PART) {
        continue;
      }
      whole.add(Latency.of(Subject.whole(row, keys), keys, period, effort));
      if (!row.panel()) {
        bare.add(Latency.of(Subject.bare(row, keys, period), keys, period, effort));
        Subject subject = Subject.standardised(row, keys, period);
        standardised.add(Latency.of(subject, keys, period, effort));
      }
    }
    return new Result(
        row.toString(), learner.learner(), learner.bytesPerKey(), whole, bare, standardised);
  }
}
