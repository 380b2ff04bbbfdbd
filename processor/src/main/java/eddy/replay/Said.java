package eddy.replay;

import eddy.report.ScoredTarget.Estimate;
import eddy.report.ScoredTarget.Opinion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the rivals said of the labels of one settlement, in the order of their names. */
final class Said {
  /** Of no rivals. */
  static final Said NOTHING = new Said(0);

  private final List<List<Estimate>> numbers;
  private final List<List<Opinion>> classes;

  /** Nothing yet of so many targets. */
  Said(int targets) {
    numbers = new ArrayList<>(Stream.generate(List::<Estimate>of).limit(targets).toList());
    classes = new ArrayList<>(Stream.generate(List::<Opinion>of).limit(targets).toList());
  }

  void ofNumber(int target, List<Estimate> values) {
    numbers.set(target, values);
  }

  void ofClass(int target, List<Opinion> opinions) {
    classes.set(target, opinions);
  }

  List<Estimate> numbers(int target) {
    return numbers.isEmpty() ? List.of() : numbers.get(target);
  }

  List<Opinion> classes(int target) {
    return classes.isEmpty() ? List.of() : classes.get(target);
  }
}
