package eddy.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eddy.config.EddyConfig;
import eddy.learn.Prequential;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks weights that an app is to start from, and says how it does. */
@Command(
    name = "import",
    description = {
      "Checks that a safetensors file fits a configuration, as the weights that its app is to start"
          + " from: names, shapes, finite values, and whose statistics they bring. Prints the line"
          + " that makes them so: eddy.weights.initial=FILE.",
      "The weights become a part of what the app is: its fingerprint holds them, so a replay or"
          + " another instance starts from the same, or is refused. An app that has learned already"
          + " is refused until it is reset."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  eddy import --config app.properties weights.safetensors >> app.properties",
      "  eddy reset --config app.properties"
    },
    mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
  @Spec private CommandSpec specification;

  @Mixin private ConfigurationOption configuration;

  @Parameters(paramLabel = "FILE", description = "The safetensors file.")
  private Path file;

  @Mixin private JsonOption json;

  @Override
  public Integer call() {
    EddyConfig config = configuration.load(Map.of("eddy.weights.initial", file.toString()));
    Prequential learner = config.newPrequential();
    String setting = "eddy.weights.initial=" + file;
    int tensors = config.learnerSpec().start().tensors().size();
    boolean state = config.learnerSpec().start().state() != null;
    String fingerprint = Long.toHexString(learner.fingerprint());
    ObjectNode report =
        new ObjectMapper()
            .createObjectNode()
            .put("file", file.toString())
            .put("setting", setting)
            .put("tensors", tensors)
            .put("state", state)
            .put("fingerprint", fingerprint);
    json.tell(() -> report, () -> setting);
    if (!json.isOn()) {
      PrintWriter error = specification.commandLine().getErr();
      error.printf(
          "eddy: %s fits: %d tensors, %s; the fingerprint becomes %s%n",
          file,
          tensors,
          state ? "with statistics and optimisers" : "statistics and optimisers begin anew",
          fingerprint);
      error.flush();
    }
    return CommandLine.ExitCode.OK;
  }
}
