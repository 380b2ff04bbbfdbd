package eddy.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * PyTorch at the same work: LSTM, sliding TBPTT(32), Adam, one thread, 16 inputs. See peer.py.
 *
 * @param torch its version
 * @param rows by number of units
 */
record Peer(String torch, List<Size> rows) {
  /**
   * Microseconds of one event, the least median of all batches.
   *
   * @param flat the fastest way that leaves derivatives to autograd: what bars are measured against
   * @param module torch.nn.LSTM and torch.optim.Adam
   * @param manual derivatives written by hand
   */
  record Size(int units, double flat, double module, double manual) {
    Size faster(Size other) {
      return new Size(
          units,
          Math.min(flat, other.flat),
          Math.min(module, other.module),
          Math.min(manual, other.manual));
    }
  }

  private static final List<String> USUAL = List.of("python3", "/usr/bin/python3");

  /**
   * Runs the script.
   *
   * @throws IOException where there is no Python with PyTorch
   */
  static Peer measure(Path script, boolean quick) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(python(), script.toString()));
    if (quick) {
      command.add("--quick");
    }
    return new ObjectMapper().readValue(ChildJvm.run(command), Peer.class);
  }

  /** The faster of two runs, for every size. */
  Peer faster(Peer other) {
    return new Peer(
        torch,
        IntStream.range(0, rows.size())
            .mapToObj(i -> rows.get(i).faster(other.rows.get(i)))
            .toList());
  }

  /** Microseconds of one event, NaN for a size that was not measured. */
  double event(int units) {
    return rows.stream()
        .filter(size -> size.units == units)
        .mapToDouble(Size::flat)
        .findFirst()
        .orElse(Double.NaN);
  }

  private static String python() throws IOException, InterruptedException {
    String chosen = System.getenv("PYTHON");
    for (String python : chosen == null ? USUAL : List.of(chosen)) {
      if (hasTorch(python)) {
        return python;
      }
    }
    throw new IOException(
        "--peers needs Python with PyTorch, and "
            + (chosen == null ? "python3 has none" : "PYTHON=" + chosen + " has none")
            + "; on Debian and Ubuntu: apt-get install python3-torch. Or name another in PYTHON.");
  }

  private static boolean hasTorch(String python) throws InterruptedException {
    try {
      Path nothing = Path.of("/dev/null");
      ProcessBuilder builder = new ProcessBuilder(python, "-c", "import torch");
      if (Files.exists(nothing)) {
        builder.redirectErrorStream(true).redirectOutput(nothing.toFile());
      }
      return builder.start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
