package eddy.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * PyTorch at the same work: LSTM, sliding TBPTT(32), Adam, one thread, 16 inputs. See peer.py.
 *
 * @param torch its version
 * @param event us of one event by units, the least median of all batches
 * @param module the same of torch.nn.LSTM with torch.optim.Adam
 */
record Peer(String torch, Map<Integer, Double> event, Map<Integer, Double> module) {
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
    JsonNode answer = new ObjectMapper().readTree(ChildJvm.run(command));
    Map<Integer, Double> event = new TreeMap<>();
    Map<Integer, Double> module = new TreeMap<>();
    for (JsonNode row : answer.get("rows")) {
      event.put(row.get("units").asInt(), row.get("flat").asDouble());
      module.put(row.get("units").asInt(), row.get("module").asDouble());
    }
    return new Peer(answer.get("torch").asText(), event, module);
  }

  /** The faster of two runs, for every size. */
  Peer faster(Peer other) {
    Map<Integer, Double> least = new TreeMap<>(event);
    other.event.forEach((units, us) -> least.merge(units, us, Math::min));
    Map<Integer, Double> leastModule = new TreeMap<>(module);
    other.module.forEach((units, us) -> leastModule.merge(units, us, Math::min));
    return new Peer(torch, least, leastModule);
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
