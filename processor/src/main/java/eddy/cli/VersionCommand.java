package eddy.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eddy.math.Kernels;
import java.util.concurrent.Callable;
import org.apache.kafka.common.utils.AppInfoParser;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells what runs here: what a report of a fault begins with. */
@Command(
    name = "version",
    description =
        "Shows the versions of Eddy, Kafka and Java, and which kernels compute: scalar, or vectors"
            + " of so many bits. All give the same results.",
    footerHeading = "%nExamples:%n",
    footer = {"  eddy version", "  eddy version --json"},
    mixinStandardHelpOptions = true)
final class VersionCommand implements Callable<Integer> {
  @Mixin private JsonOption json;

  @Override
  public Integer call() {
    ObjectNode versions =
        new ObjectMapper()
            .createObjectNode()
            .put("version", Eddy.Version.TEXT)
            .put("kafka", AppInfoParser.getVersion())
            .put("java", Runtime.version().toString())
            .put("kernels", Kernels.fastest().name())
            .put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"))
            .put("processors", Runtime.getRuntime().availableProcessors())
            .put("heap_bytes", Runtime.getRuntime().maxMemory());
    json.tell(() -> versions, () -> InspectText.of(versions));
    return CommandLine.ExitCode.OK;
  }
}
