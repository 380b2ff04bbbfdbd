package eddy.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import eddy.event.ShortestDecimal;
import eddy.event.TimeText;
import eddy.feature.TargetSpec;
import eddy.learn.Outcome;
import eddy.learn.Spread;
import eddy.readout.Quantile;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The file {@code predictions.csv}: one line per origin and event that settled labels of it, in the
 * order in which labels settle. The origin is where a prediction was made; the label's row comes
 * before it where events are labelled after others have followed. Of a label that comes by itself,
 * the row is its own, in the file of the labels.
 *
 * <p>Columns {@code origin_row,label_row,key,timestamp}, then for each target T {@code
 * T,T.predicted,T.baseline,T.model,T.source}, for a class {@code T.probability,T.rank}, and for a
 * number what its loss gives: {@code T.q0.1} and so on by level, or {@code T.deviation}; then
 * {@code T.surprise}, the probability of a loss as large for that key. Where rivals are asked for,
 * last {@code T.R} for each of them, what it said, and for a class {@code T.R.probability}, what it
 * gave to the true one, and {@code T.R.rank}; the learner that has stopped learning says of a
 * number what the learner says: {@code T.frozen.q0.1} or {@code T.frozen.deviation}. Targets that a
 * line does not settle are empty. RFC 4180, lines ended by a line feed.
 *
 * <p>The file is seen in the folder once {@link #complete} is called, not before.
 */
public final class PredictionsCsv implements Closeable {
  public static final String NAME = "predictions.csv";

  private static final int FIXED_COLUMNS = 4;
  private static final int LABEL_COLUMNS = 5;
  private static final int CLASS_COLUMNS = 2;

  private final OutputFile file;
  private final CsvWriter csv;
  private final List<String> spread; // what follows each number's name
  private final int[] columns; // by target: index of its first column
  private final int[] surprises; // by target: index of its column, before those of rivals
  private final List<RivalColumns> rivals = new ArrayList<>(); // by target
  private final String[] cells;
  private long timestamped;
  private String time; // of it, null before the first

  private PredictionsCsv(
      OutputFile file, List<TargetSpec> targets, Spread form, List<List<String>> rivals) {
    this.file = file;
    spread = names(form);
    csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(file.writer());
    columns = new int[targets.size()];
    surprises = new int[targets.size()];
    int width = FIXED_COLUMNS;
    for (int i = 0; i < columns.length; i++) {
      columns[i] = width;
      width += LABEL_COLUMNS + (targets.get(i).category() ? CLASS_COLUMNS : spread.size());
      surprises[i] = width++;
      List<String> names = rivals.isEmpty() ? List.of() : rivals.get(i);
      this.rivals.add(new RivalColumns(targets.get(i), names, spread));
      width += this.rivals.get(i).names().size();
    }
    cells = new String[width];
    csv.writeRecord(header(targets));
  }

  private static List<String> names(Spread form) {
    if (form instanceof Spread.Quantiles given) {
      return given.levels().stream().map(level -> ".q" + Quantile.text(level)).toList();
    }
    return form instanceof Spread.Deviation ? List.of(".deviation") : List.of();
  }

  /**
   * Starts the file for numbers that say nothing of their uncertainty, without rivals.
   *
   * @param folder made where it is missing
   * @throws IOException where the folder cannot be made or written to
   */
  public static PredictionsCsv in(Path folder, List<TargetSpec> targets) throws IOException {
    return in(folder, targets, Spread.NONE, List.of());
  }

  /**
   * Starts the file.
   *
   * @param folder made where it is missing
   * @param form of what every number says of its uncertainty
   * @param rivals by target, names of those that are written, in the order of every line; empty for
   *     none at all
   * @throws IOException where the folder cannot be made or written to
   */
  public static PredictionsCsv in(
      Path folder, List<TargetSpec> targets, Spread form, List<List<String>> rivals)
      throws IOException {
    return new PredictionsCsv(OutputFile.in(folder, NAME), targets, form, List.copyOf(rivals));
  }

  private String[] header(List<TargetSpec> targets) {
    String[] header = new String[cells.length];
    header[0] = "origin_row";
    header[1] = "label_row";
    header[2] = "key";
    header[3] = "timestamp";
    for (int i = 0; i < columns.length; i++) {
      String name = targets.get(i).name();
      int column = columns[i];
      header[column] = name;
      header[column + 1] = name + ".predicted";
      header[column + 2] = name + ".baseline";
      header[column + 3] = name + ".model";
      header[column + 4] = name + ".source";
      if (targets.get(i).category()) {
        header[column + LABEL_COLUMNS] = name + ".probability";
        header[column + LABEL_COLUMNS + 1] = name + ".rank";
      } else {
        for (int k = 0; k < spread.size(); k++) {
          header[column + LABEL_COLUMNS + k] = name + spread.get(k);
        }
      }
      header[surprises[i]] = name + ".surprise";
      for (int k = 0; k < rivals.get(i).names().size(); k++) {
        header[surprises[i] + 1 + k] = rivals.get(i).names().get(k);
      }
    }
    return header;
  }

  /**
   * Writes one line.
   *
   * @throws UncheckedIOException where the file cannot be written
   */
  public void write(ScoredLine line) {
    Arrays.fill(cells, null);
    cells[0] = Long.toString(line.originRow());
    cells[1] = Long.toString(line.labelRow());
    cells[2] = line.key();
    cells[3] = time(line.timestamp());
    for (int i = 0; i < columns.length; i++) {
      fill(line.targets().get(i), columns[i]);
      rivals.get(i).fill(line.targets().get(i), surprises[i] + 1, cells);
    }
    for (int i = 0; i < line.surprises().size(); i++) {
      cells[surprises[i]] = text(line.surprises().get(i).probability());
    }
    csv.writeRecord(cells);
  }

  /** Lines of one event, and events of one second, share their time. */
  private String time(long timestamp) {
    if (time == null || timestamp != timestamped) {
      timestamped = timestamp;
      time = TimeText.iso(timestamp);
    }
    return time;
  }

  private void fill(ScoredTarget target, int column) {
    if (target instanceof ScoredTarget.OfNumber number) {
      cells[column] = text(number.label());
      cells[column + 1] = text(number.predicted());
      cells[column + 2] = text(number.baseline());
      cells[column + 3] = text(number.model());
      cells[column + 4] = text(number.source());
      fill(number.spread(), spread.size(), column + LABEL_COLUMNS, cells);
    } else if (target instanceof ScoredTarget.OfClass symbol) {
      cells[column] = symbol.label();
      cells[column + 1] = symbol.predicted();
      cells[column + 2] = symbol.baseline();
      cells[column + 3] = symbol.model();
      cells[column + 4] = text(symbol.source());
      cells[column + LABEL_COLUMNS] = text(symbol.probability());
      cells[column + LABEL_COLUMNS + 1] = Integer.toString(symbol.rank());
    }
  }

  /** Fills in an uncertainty of so many columns; nothing where there is none. */
  static void fill(Spread said, int width, int column, String[] cells) {
    if (said instanceof Spread.Quantiles given) {
      for (int k = 0; k < width; k++) {
        cells[column + k] = text(given.values().get(k));
      }
    } else if (said instanceof Spread.Deviation deviation) {
      cells[column] = text(deviation.value());
    }
  }

  private static String text(Outcome.Source source) {
    return source == Outcome.Source.MODEL ? "model" : "baseline";
  }

  /** A number as it is written; null where it is not finite. */
  static String text(double value) {
    return Double.isFinite(value) ? ShortestDecimal.text(value) : null;
  }

  /** Moves the finished file into its folder, over an earlier one. */
  public void complete() throws IOException {
    csv.flush();
    file.complete();
  }

  /** Removes the file unless it was completed. */
  @Override
  public void close() throws IOException {
    file.close();
  }
}
