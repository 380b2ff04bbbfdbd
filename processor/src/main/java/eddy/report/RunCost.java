package eddy.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a run has taken.
 *
 * @param keys different keys, of all partitions together
 * @param keyBytes encoded state of the key of the newest event, with its weights where it has its
 *     own
 * @param weightSets sets of weights: one a partition, or one a key
 * @param weightsBytes encoded weights of the newest event
 * @param mostWeightsBytes most bytes of one set, computed: all hashed rows have moved, names of
 *     classes left out
 * @param latency of predicting and learning, without reading and scoring
 * @param readingShare share of the time that went into reading and decoding the input; of a topic
 *     this includes waiting for the broker
 * @param learners by name, how many accepted events it was in use at: the one of the configuration
 *     first, then what keys fell back to while their sensitivities had left their bounds
 * @param fallbacks times that sensitivities of a key left their bounds and were dropped
 */
public record RunCost(
    long keys,
    long keyBytes,
    long weightSets,
    long weightsBytes,
    long mostWeightsBytes,
    Latency.Quantiles latency,
    double readingShare,
    Map<String, Long> learners,
    long fallbacks) {
  public RunCost {
    Objects.requireNonNull(latency, "latency");
    learners = Collections.unmodifiableMap(new LinkedHashMap<>(learners));
  }

  /** Bytes of all keys and weights, were every one as large as the newest. */
  public long stateBytes() {
    return keys * keyBytes + weightSets * weightsBytes;
  }
}
