package eddy.benchmark;

import eddy.math.Kernels;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What figures must be read with: processor, its load, Java, kernels, commit. */
public final class Machine {
  private Machine() {}

  /** By name, in the order to print. */
  public static Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("processor", processor());
    facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    facts.put("load before", load < 0 ? "unknown" : String.format(Locale.ROOT, "%.1f", load));
    facts.put("java", System.getProperty("java.vm.version"));
    facts.put("kernels", Kernels.fastest().name());
    facts.put("commit", System.getProperty("eddy.commit", "unknown"));
    return facts;
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"), StandardCharsets.UTF_8)) {
      return lines
          .filter(line -> line.startsWith("model name") || line.startsWith("cpu family"))
          .map(line -> line.replaceAll("\\s*:\\s*", " "))
          .map(line -> line.replace("model name ", "").replace("cpu ", ""))
          .distinct()
          .reduce((left, right) -> right + ", " + left)
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }
}
