package eddy.learn;

import eddy.network.Network;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** What a learner is called, and the fingerprints that say which state it may read. */
final class Identity {
  private final LearnerSpec spec;
  private final Member[] members;
  private final WaitingPlan waiting;

  Identity(LearnerSpec spec, Member[] members, WaitingPlan waiting) {
    this.spec = spec;
    this.members = members;
    this.waiting = waiting;
  }

  /** Cell and estimator, and the panel where it is not the usual one. */
  String learner() {
    return named(Network::estimator);
  }

  /** The same where a key has fallen back. */
  String fallback() {
    return named(Network::fallbackEstimator);
  }

  private String named(Function<Network, String> name) {
    String cells =
        Arrays.stream(members)
            .map(member -> name.apply(member.network()))
            .filter(estimator -> !estimator.isEmpty())
            .findFirst()
            .map(estimator -> spec.network().name() + "/" + estimator)
            .map(estimator -> spec.traceDurable() ? estimator : estimator + " not durable")
            .orElse("no cells");
    List<String> panel = spec.panel().stream().map(MemberSpec::name).toList();
    return panel.equals(MemberSpec.usual()) ? cells : cells + " in " + String.join("+", panel);
  }

  /** Of all that decides the meaning of stored state, the weights that it starts from too. */
  long whole() {
    return spec.start() == null ? spec() : hash(spec() + " from " + spec.start());
  }

  /** The same without regard to the weights that it starts from. */
  long spec() {
    String identity =
        String.join(
            "\n",
            spec.features().toString(),
            spec.readoutFeatures().toString(),
            spec.targets().toString(),
            learner() + " " + spec.network() + " " + spec.sequence() + " " + spec.arrivals(),
            spec.panel() + " " + spec.loss() + " " + spec.gate(),
            spec.scope() + " " + spec.weightsEvery() + " " + spec.seed() + " " + spec.ttlMillis(),
            waitingText());
    // what only looks on has no part in it
    return hash(spec.drift().acts() ? identity + "\n" + spec.drift() : identity);
  }

  private String waitingText() {
    return waiting.events() == 0
        ? ""
        : waiting.form() + " " + waiting.events() + " " + spec.deadline().millis();
  }

  /** FNV-1a. */
  private static long hash(String identity) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : identity.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }
}
