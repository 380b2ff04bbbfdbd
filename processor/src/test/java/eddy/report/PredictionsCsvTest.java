package eddy.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eddy.feature.TargetSpec;
import eddy.feature.TargetSpec.Horizon;
import eddy.feature.TargetSpec.Reference;
import eddy.learn.Outcome.Source;
import eddy.learn.Spread;
import eddy.surprise.Assessment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionsCsvTest {
  private static final List<TargetSpec> TARGETS =
      List.of(
          new TargetSpec("lat", 0, new Horizon.EventsAhead(4), new Reference.Past("lat", 0)),
          new TargetSpec("activity", 16, new Horizon.EventsAhead(1), new Reference.None()));

  @TempDir Path folder;

  @Test
  void write_numbersAndClasses_isTheDocumentedFile() throws IOException {
    try (PredictionsCsv csv = PredictionsCsv.in(folder, TARGETS)) {
      csv.write(
          new ScoredLine(
              0,
              5,
              "Amy-1975",
              Instant.parse("1975-06-27T00:00:00Z").toEpochMilli(),
              List.of(
                  new ScoredTarget.OfNumber(-30.5, 0.1, 27.5, Double.NaN, Source.BASELINE),
                  ScoredTarget.UNSETTLED),
              List.of(new Assessment(30.6, 0.015625, 1.8), Assessment.NONE)));
      csv.write(
          new ScoredLine(
              4,
              5,
              "a \"b\", c",
              Instant.parse("2014-07-01T00:30:00.250Z").toEpochMilli(),
              List.of(
                  ScoredTarget.UNSETTLED,
                  new ScoredTarget.OfClass("x,y", "line\nend", null, "z", Source.MODEL, 0.25, 3))));
      csv.complete();
    }
    assertThat(Files.readString(folder.resolve("predictions.csv")))
        .isEqualTo(
            """
            origin_row,label_row,key,timestamp,\
            lat@+4,lat@+4.predicted,lat@+4.baseline,lat@+4.model,lat@+4.source,lat@+4.surprise,\
            activity@+1,activity@+1.predicted,activity@+1.baseline,activity@+1.model,\
            activity@+1.source,activity@+1.probability,activity@+1.rank,activity@+1.surprise
            0,5,Amy-1975,1975-06-27T00:00:00Z,-30.5,0.1,27.5,,baseline,0.015625,,,,,,,,
            4,5,"a ""b"", c",2014-07-01T00:30:00.250Z,,,,,,,"x,y","line
            end",,z,model,0.25,3,
            """);
  }

  @Test
  void write_numbersWithQuantiles_haveAColumnForEach() throws IOException {
    Spread given = new Spread.Quantiles(List.of(0.1, 0.5), List.of(-1.5, 2.0));
    try (PredictionsCsv csv = PredictionsCsv.in(folder, TARGETS, given, List.of())) {
      csv.write(
          new ScoredLine(
              0,
              5,
              "k",
              0,
              List.of(
                  new ScoredTarget.OfNumber(1, 2, 3, 2, Source.MODEL, given),
                  new ScoredTarget.OfClass("a", "b", "c", "b", Source.MODEL, 0.25, 3))));
      csv.complete();
    }
    assertThat(Files.readString(folder.resolve("predictions.csv")))
        .isEqualTo(
            """
            origin_row,label_row,key,timestamp,\
            lat@+4,lat@+4.predicted,lat@+4.baseline,lat@+4.model,lat@+4.source,\
            lat@+4.q0.1,lat@+4.q0.5,lat@+4.surprise,\
            activity@+1,activity@+1.predicted,activity@+1.baseline,activity@+1.model,\
            activity@+1.source,activity@+1.probability,activity@+1.rank,activity@+1.surprise
            0,5,k,1970-01-01T00:00:00Z,1.0,2.0,3.0,2.0,model,-1.5,2.0,,a,b,c,b,model,0.25,3,
            """);
  }

  @Test
  void write_rivals_haveAColumnForEachAndTwoMoreWhereTheyAreOfAClass() throws IOException {
    List<List<String>> rivals = List.of(List.of("smoothing", "frozen"), List.of("markov-1"));
    try (PredictionsCsv csv = PredictionsCsv.in(folder, TARGETS, Spread.NONE, rivals)) {
      ScoredTarget number =
          new ScoredTarget.OfNumber(
              1,
              2,
              3,
              2,
              Source.MODEL,
              Spread.NONE,
              List.of(new ScoredTarget.Estimate(0.5), new ScoredTarget.Estimate(Double.NaN)));
      ScoredTarget symbol =
          new ScoredTarget.OfClass(
              "a",
              "b",
              "c",
              "b",
              Source.MODEL,
              0.25,
              3,
              0.5,
              List.of(new ScoredTarget.Opinion("d", 0.125, 4)));
      csv.write(
          new ScoredLine(
              0,
              5,
              "k",
              0,
              List.of(number, symbol),
              List.of(new Assessment(1, 0.5, 0.3), Assessment.NONE)));
      csv.write(new ScoredLine(1, 6, "k", 0, List.of(ScoredTarget.UNSETTLED, symbol)));
      csv.complete();
    }
    assertThat(Files.readString(folder.resolve("predictions.csv")))
        .isEqualTo(
            """
            origin_row,label_row,key,timestamp,\
            lat@+4,lat@+4.predicted,lat@+4.baseline,lat@+4.model,lat@+4.source,\
            lat@+4.surprise,lat@+4.smoothing,lat@+4.frozen,\
            activity@+1,activity@+1.predicted,activity@+1.baseline,activity@+1.model,\
            activity@+1.source,activity@+1.probability,activity@+1.rank,activity@+1.surprise,\
            activity@+1.markov-1,activity@+1.markov-1.probability,activity@+1.markov-1.rank
            0,5,k,1970-01-01T00:00:00Z,1.0,2.0,3.0,2.0,model,0.5,0.5,,\
            a,b,c,b,model,0.25,3,,d,0.125,4
            1,6,k,1970-01-01T00:00:00Z,,,,,,,,,a,b,c,b,model,0.25,3,,d,0.125,4
            """);
  }

  @Test
  void write_frozenLearnerOfQuantiles_hasThemToo() throws IOException {
    Spread given = new Spread.Quantiles(List.of(0.1, 0.5), List.of(-1.5, 2.0));
    Spread frozen = new Spread.Quantiles(List.of(0.1, 0.5), List.of(-2.5, 3.0));
    List<List<String>> rivals = List.of(List.of("smoothing", "frozen"));
    try (PredictionsCsv csv = PredictionsCsv.in(folder, TARGETS.subList(0, 1), given, rivals)) {
      for (ScoredTarget.Estimate last :
          List.of(new ScoredTarget.Estimate(3, frozen), new ScoredTarget.Estimate(7))) {
        ScoredTarget number =
            new ScoredTarget.OfNumber(
                1, 2, 3, 2, Source.MODEL, given, List.of(new ScoredTarget.Estimate(0.5), last));
        csv.write(new ScoredLine(0, 5, "k", 0, List.of(number)));
      }
      csv.complete();
    }
    assertThat(Files.readString(folder.resolve("predictions.csv")))
        .isEqualTo(
            """
            origin_row,label_row,key,timestamp,\
            lat@+4,lat@+4.predicted,lat@+4.baseline,lat@+4.model,lat@+4.source,\
            lat@+4.q0.1,lat@+4.q0.5,lat@+4.surprise,\
            lat@+4.smoothing,lat@+4.frozen,lat@+4.frozen.q0.1,lat@+4.frozen.q0.5
            0,5,k,1970-01-01T00:00:00Z,1.0,2.0,3.0,2.0,model,-1.5,2.0,,0.5,3.0,-2.5,3.0
            0,5,k,1970-01-01T00:00:00Z,1.0,2.0,3.0,2.0,model,-1.5,2.0,,0.5,7.0,,
            """);
  }

  @Test
  void write_beforeItIsComplete_showsNothing() throws IOException {
    Path place = folder.resolve("predictions.csv");
    Files.writeString(place, "of an earlier run");
    try (PredictionsCsv csv = PredictionsCsv.in(folder, TARGETS)) {
      assertThat(place).hasContent("of an earlier run");
      csv.complete();
      assertThat(Files.readString(place)).startsWith("origin_row,label_row").hasLineCount(1);
    }
    assertThat(files()).containsExactly("predictions.csv");
  }

  @Test
  void close_beforeItIsComplete_leavesTheFolderAsItWas() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "kept");
    PredictionsCsv.in(folder, TARGETS).close();
    assertThat(files()).containsExactly("notes.txt");
  }

  @Test
  void in_missingFolder_makesIt() throws IOException {
    Path deep = folder.resolve("a/b");
    try (PredictionsCsv csv = PredictionsCsv.in(deep, TARGETS)) {
      csv.complete();
    }
    assertThat(deep.resolve("predictions.csv")).exists();
  }

  @Test
  void in_folderThatIsAFile_fails() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> PredictionsCsv.in(file, TARGETS)).isInstanceOf(IOException.class);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
