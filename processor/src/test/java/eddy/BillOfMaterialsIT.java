package eddy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What is delivered beside our jar, by target/bom.json, and whether its licences let it be. Maven
 * writes that file online only, and runs this then.
 */
@Tag("bill")
class BillOfMaterialsIT {
  private static final Path LIBRARIES = Path.of("target", "lib");

  private static List<JsonNode> components() throws IOException {
    JsonNode bill = new ObjectMapper().readTree(Path.of("target", "bom.json").toFile());
    return StreamSupport.stream(bill.path("components").spliterator(), false).toList();
  }

  private static String sha256(JsonNode component) {
    return StreamSupport.stream(component.path("hashes").spliterator(), false)
        .filter(hash -> hash.path("alg").asText().equals("SHA-256"))
        .map(hash -> hash.path("content").asText())
        .findFirst()
        .orElse("none");
  }

  private static String sha256(Path file) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(digest);
  }

  @Test
  void bill_ofWhatIsDelivered_hasEveryJarWithItsVersionAndHash() throws Exception {
    Map<String, String> billed = new TreeMap<>();
    for (JsonNode component : components()) {
      String file = component.path("name").asText() + "-" + component.path("version").asText();
      billed.put(file + ".jar", sha256(component));
    }
    Map<String, String> delivered = new TreeMap<>();
    try (Stream<Path> files = Files.list(LIBRARIES)) {
      for (Path file : files.toList()) {
        delivered.put(file.getFileName().toString(), sha256(file));
      }
    }
    assertThat(delivered).hasSizeGreaterThan(50);
    assertThat(billed).isEqualTo(delivered);
  }

  @Test
  void licences_ofAllJars_areAllowed() throws Exception {
    Licences licences = new Licences(Files.readAllLines(Path.of("licences.txt")));
    List<String> complaints =
        components().stream().map(licences::complaint).flatMap(Optional::stream).toList();
    assertThat(complaints)
        .as("add a line with its reason to licences.txt, or do without")
        .isEmpty();
    assertThat(licences.unused()).as("lines of licences.txt on nothing").isEmpty();
  }
}
