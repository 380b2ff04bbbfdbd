package eddy.learn;

import java.util.List;

/**
 * What a spec can choose among, and what it takes, computed from the spec alone.
 *
 * @param candidates every estimator that its cells can have, the most exact one first
 * @param chosen the one of them that the spec's learner uses; it may not fit
 * @param recurrent whether the spec has a member with cells at all
 */
public record Plan(List<Candidate> candidates, Candidate chosen, boolean recurrent) {
  public Plan {
    candidates = List.copyOf(candidates);
  }

  /**
   * The plan of a spec, whether or not anything fits into its budget.
   *
   * @throws IllegalArgumentException where parts of the spec do not fit together
   */
  public static Plan of(LearnerSpec spec) {
    Planner planner = new Blueprint(spec).planner();
    return new Plan(
        planner.candidates(),
        planner.chosen(),
        spec.panel().stream().anyMatch(MemberSpec::recurrent));
  }
}
