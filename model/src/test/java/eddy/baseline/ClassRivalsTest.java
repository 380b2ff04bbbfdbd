package eddy.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassRivalsTest {
  private static final double ROUNDING = 1e-12;
  private static final int SLOTS = 6;

  /** Counts by text, and back-off by recursion: Witten and Bell once more, written otherwise. */
  private static final class Counts {
    private final Map<String, Map<String, Integer>> byContext = new HashMap<>();

    double probability(String context, String symbol) {
      Map<String, Integer> counts = byContext.getOrDefault(context, Map.of());
      double total = counts.values().stream().mapToInt(Integer::intValue).sum();
      double below = context.isEmpty() ? 1.0 / SLOTS : probability(context.substring(1), symbol);
      if (counts.isEmpty()) {
        return below;
      }
      double distinct = counts.size();
      return (counts.getOrDefault(symbol, 0) + distinct * below) / (total + distinct);
    }

    void add(String context, String symbol) {
      byContext.computeIfAbsent(context, unseen -> new HashMap<>()).merge(symbol, 1, Integer::sum);
      if (!context.isEmpty()) {
        add(context.substring(1), symbol);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void settle_anyHorizon_saysTheProbabilitiesOfCountsAtTheOrigin(int steps) {
    ClassRivals rivals = new ClassRivals(List.of(0, 1, 2, 3), SLOTS, steps + 1);
    ClassRivals.Said[] said = said(4);
    Random random = new Random(6);
    String[] text = new String[600];
    for (int n = 0; n < text.length; n++) {
      int last = n == 0 ? 0 : text[n - 1].charAt(0) - 'a';
      text[n] = "" + (char) ('a' + (random.nextInt(3) == 0 ? random.nextInt(5) : (last + 1) % 4));
    }
    ClassRivals.Key key = rivals.newKey();
    Counts[] counts = {new Counts(), new Counts(), new Counts(), new Counts()};
    double[][] expected = new double[text.length][4];
    String[] contexts = new String[text.length];
    for (int n = 0; n < text.length; n++) {
      if (n >= steps) {
        rivals.settle(n - steps, text[n], key, said);
        for (int order = 0; order <= 3; order++) {
          assertThat(said[order].probability)
              .isCloseTo(expected[n - steps][order], within(ROUNDING));
          counts[order].add(contexts[n - steps].substring(3 - order), text[n]);
        }
      }
      rivals.observe(text[n], key);
      rivals.forecast(n, key);
      String past = "^^^" + String.join("", List.of(text).subList(0, n + 1));
      contexts[n] = past.substring(past.length() - 3);
      for (int order = 0; order <= 3 && n + steps < text.length; order++) {
        expected[n][order] =
            counts[order].probability(contexts[n].substring(3 - order), text[n + steps]);
      }
    }
  }

  @Test
  void settle_firstSightOfAClass_hasTheShareOfOneUnassignedSlot() {
    ClassRivals rivals = new ClassRivals(List.of(0), SLOTS, 1);
    ClassRivals.Key key = rivals.newKey();
    ClassRivals.Said[] said = said(1);
    rivals.forecast(0, key);
    rivals.settle(0, "a", key, said);
    assertThat(said[0].predicted).isNull();
    assertThat(said[0].probability).isEqualTo(1.0 / SLOTS);
    rivals.forecast(1, key);
    rivals.settle(1, "b", key, said);
    assertThat(said[0].predicted).isEqualTo("a");
    assertThat(said[0].probability).isCloseTo(0.5 / SLOTS, within(ROUNDING));
  }

  @ParameterizedTest
  @CsvSource({"a, 1, 3", "b, 3, 2", "c, 3, 2", "z, 6, 6"})
  void settle_afterAbaca_ranksByCountsWithEqualOnesBefore(String label, int prior, int markov) {
    ClassRivals rivals = new ClassRivals(List.of(0, 1), SLOTS, 1);
    ClassRivals.Key key = rivals.newKey();
    ClassRivals.Said[] said = said(2);
    String text = "abaca" + label;
    for (int n = 0; n < text.length(); n++) {
      rivals.forecast(n, key);
      rivals.settle(n, text.substring(n, n + 1), key, said);
      rivals.observe(text.substring(n, n + 1), key);
    }
    // by hand: a 3.5/8, b and c 1.5/8, free ones 0.5/8; after a: b and c 1.375/4, a 0.875/4, free
    // ones 0.125/4
    assertThat(said[0].rank).isEqualTo(prior);
    assertThat(said[1].rank).isEqualTo(markov);
  }

  @Test
  void settle_periodicText_isKnownByTheOrderItNeeds() {
    ClassRivals rivals = new ClassRivals(List.of(0, 1, 2, 3), SLOTS, 1);
    ClassRivals.Key key = rivals.newKey();
    ClassRivals.Said[] said = said(4);
    int[] right = new int[4];
    String text = "abac".repeat(100);
    for (int n = 0; n < text.length(); n++) {
      String symbol = text.substring(n, n + 1);
      rivals.forecast(n, key);
      rivals.settle(n, symbol, key, said);
      rivals.observe(symbol, key);
      for (int order = 0; order < 4 && n >= 200; order++) {
        right[order] += symbol.equals(said[order].predicted) ? 1 : 0;
      }
    }
    assertThat(right[0]).isEqualTo(100);
    assertThat(right[1]).isBetween(100, 150);
    assertThat(right[2]).isEqualTo(200);
    assertThat(right[3]).isEqualTo(200);
  }

  @Test
  void learn_morePairsThanFit_goOnWithThoseThatDo() {
    MarkovChain chain = new MarkovChain(1, 100, 3);
    long context = MarkovChain.follow(MarkovChain.START, 1);
    for (int slot = 0; slot < 100; slot++) {
      chain.learn(context, slot);
    }
    double[] p = new double[101];
    Set<Double> distinct = new HashSet<>();
    double sum = 0;
    chain.start(100, p);
    for (int order = 0; order <= 1; order++) {
      chain.refine(context, order, 100, p);
    }
    for (int slot = 0; slot < 100; slot++) {
      distinct.add(p[slot]);
      sum += p[slot];
    }
    assertThat(sum).isCloseTo(1, within(ROUNDING));
    assertThat(distinct).hasSizeLessThanOrEqualTo(4); // most are equal: nothing is known of them
  }

  private static ClassRivals.Said[] said(int count) {
    ClassRivals.Said[] said = new ClassRivals.Said[count];
    for (int i = 0; i < count; i++) {
      said[i] = new ClassRivals.Said();
    }
    return said;
  }
}
