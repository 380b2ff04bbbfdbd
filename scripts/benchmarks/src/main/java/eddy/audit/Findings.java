package eddy.audit;

import java.util.ArrayList;
import java.util.List;

/**
 * What an audit has come to.
 *
 * @param inputs records that had to be answered
 * @param predictions that answer one
 * @param deadLetters that answer one
 * @param lost inputs without an answer
 * @param duplicated inputs with more than one
 * @param different answers that are not what they should be
 * @param first the first things that are wrong, as sentences
 */
public record Findings(
    long inputs,
    long predictions,
    long deadLetters,
    long lost,
    long duplicated,
    long different,
    List<String> first) {
  private static final int MOST_SENTENCES = 20;

  public Findings {
    first = List.copyOf(first);
  }

  /** Whether nothing is wrong. */
  public boolean clean() {
    return lost == 0 && duplicated == 0 && different == 0;
  }

  /** Counts while an audit goes on. */
  static final class Book {
    long inputs;
    long predictions;
    long deadLetters;
    long lost;
    long duplicated;
    long different;
    private final List<String> first = new ArrayList<>();

    void lost(String what) {
      lost++;
      say(what);
    }

    void duplicated(String what) {
      duplicated++;
      say(what);
    }

    void different(String what) {
      different++;
      say(what);
    }

    private void say(String what) {
      if (first.size() < MOST_SENTENCES) {
        first.add(what);
      }
    }

    Findings close() {
      return new Findings(inputs, predictions, deadLetters, lost, duplicated, different, first);
    }
  }
}
