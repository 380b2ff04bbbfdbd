package eddy.benchmark;

import eddy.cell.CellGroup;
import eddy.cell.Cells;
import eddy.cell.LayerSpec;
import eddy.cell.Recurrence;
import eddy.feature.FeatureSpec;
import eddy.feature.TargetSpec;
import eddy.feature.TargetSpec.Horizon;
import eddy.feature.TargetSpec.Reference;
import eddy.learn.LearnerSpec;
import eddy.learn.LearnerSpec.Budget;
import eddy.learn.LearnerSpec.Descent;
import eddy.learn.LearnerSpec.Estimator;
import eddy.learn.MemberSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A learner whose events are measured.
 *
 * @param panel whether the default panel learns, rather than one recurrent member
 * @param classes of the label, 0 for a number
 */
record EventRow(
    String cell, Estimator estimator, int units, int inputs, boolean panel, int classes) {
  /** Steps of a window, as PyTorch's. */
  static final int WINDOW = 32;

  private static final Budget UNBOUNDED = new Budget(1L << 40, 1L << 40);
  private static final Descent ADAM = new Descent("adam", 1e-3, Descent.CLIP);

  static EventRow single(String cell, Estimator estimator, int units, int inputs) {
    return new EventRow(cell, estimator, units, inputs, false, 0);
  }

  /** The default panel of the default size. */
  static EventRow panel(int inputs, int classes) {
    return new EventRow("mixed", Estimator.AUTO, 32, inputs, true, classes);
  }

  /** Those that a bar is set for. */
  static List<EventRow> withBars() {
    return List.of(
        single("lstm", Estimator.RTRL, 32, 16),
        single("mixed", Estimator.RTRL, 32, 16),
        single("lstm", Estimator.TBPTT, 32, 16),
        panel(16, 0),
        panel(16, 13));
  }

  /** Every cell with every estimator that is another one for it. */
  static List<EventRow> all() {
    List<EventRow> rows = new ArrayList<>();
    for (String cell : Cells.names()) {
      for (Estimator estimator : estimators(cell)) {
        for (int units : new int[] {16, 32, 64}) {
          for (int inputs : new int[] {8, 16}) {
            rows.add(single(cell, estimator, units, inputs));
          }
        }
      }
    }
    rows.add(panel(16, 0));
    rows.add(panel(16, 13));
    return rows;
  }

  private static List<Estimator> estimators(String cell) {
    List<Recurrence> parts = Cells.layer(new LayerSpec(cell, 16), 1);
    boolean gated = parts.stream().allMatch(CellGroup.class::isInstance);
    // of element-wise cells snap1 is rtrl
    boolean elementWise =
        gated && parts.stream().allMatch(part -> ((CellGroup) part).elementWise());
    return gated && !elementWise
        ? List.of(Estimator.RTRL, Estimator.SNAP1, Estimator.TBPTT)
        : List.of(Estimator.RTRL, Estimator.TBPTT);
  }

  /** Keys that take turns. */
  List<Integer> keys() {
    return cell.equals("mixed") && units == 32 && !panel ? List.of(1, 64, 10_000) : List.of(1, 64);
  }

  /** As a word of a command line; {@link #parse} reads it. */
  @Override
  public String toString() {
    return String.join(
        "/",
        cell,
        estimator.name().toLowerCase(Locale.ROOT),
        "U=" + units,
        "I=" + inputs,
        panel ? "panel" : "single",
        classes == 0 ? "number" : classes + " classes");
  }

  static EventRow parse(String text) {
    String[] parts = text.split("/");
    return new EventRow(
        parts[0],
        Estimator.valueOf(parts[1].toUpperCase(Locale.ROOT)),
        Integer.parseInt(parts[2].substring(2)),
        Integer.parseInt(parts[3].substring(2)),
        parts[4].equals("panel"),
        parts[5].equals("number") ? 0 : Integer.parseInt(parts[5].split(" ")[0]));
  }

  /** The learner: numeric features, standardised, and a label in the same event. */
  LearnerSpec spec() {
    List<FeatureSpec> features =
        IntStream.range(0, inputs)
            .mapToObj(i -> new FeatureSpec("x" + i, false, List.of()))
            .toList();
    TargetSpec target = new TargetSpec("y", classes, new Horizon.SameEvent(), new Reference.None());
    LearnerSpec.Draft draft =
        LearnerSpec.of(features, List.of(target))
            .cell(cell)
            .units(units)
            .estimator(estimator)
            .window(WINDOW)
            .budget(UNBOUNDED);
    return panel ? draft.build() : draft.single(ADAM, ADAM).loss("squared").build();
  }

  /** The same steps for the bare event. */
  static MemberSpec steps() {
    return new MemberSpec("bare", true, MemberSpec.Readout.GRADIENT, ADAM, ADAM, 0);
  }
}
