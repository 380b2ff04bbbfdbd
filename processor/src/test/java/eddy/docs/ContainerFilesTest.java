package eddy.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The image, compose.yaml and kubernetes.yaml confine the app alike. That an engine does so is
 * shown by scripts/docker-test.
 */
class ContainerFilesTest {
  private final String image = read("Dockerfile");
  private final String compose = read("compose.yaml");
  private final String hardened = section(compose, "x-hardened");
  private final String app = section(compose, "  app");
  private final String kubernetes = read("kubernetes.yaml");

  private static String read(String file) {
    try {
      return Files.readString(Page.ROOT.resolve("docker").resolve(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What is indented below a key. */
  private static String section(String yaml, String key) {
    String indent = key.replaceAll("\\S.*", "");
    return one(yaml, "(?m)^" + key + ":.*\\n((?:" + indent + " +.*\\n|\\n)*)");
  }

  private static List<String> all(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().map(ContainerFilesTest::group).toList();
  }

  private static String group(MatchResult found) {
    return found.group(1);
  }

  private static String one(String text, String pattern) {
    List<String> found = all(text, pattern);
    assertThat(found).as(pattern).hasSize(1);
    return found.get(0);
  }

  @Test
  void user_ofAllThree_isTheSame() {
    String user = one(image, "(?m)^USER (.*)$");
    assertThat(user).matches("[1-9]\\d+:[1-9]\\d+");
    assertThat(one(hardened, "user: \"(.*)\"")).isEqualTo(user);
    assertThat(one(kubernetes, "runAsUser: (.*)") + ":" + one(kubernetes, "runAsGroup: (.*)"))
        .isEqualTo(user);
    assertThat(kubernetes).contains("runAsNonRoot: true");
  }

  @Test
  void rights_ofComposeAndKubernetes_areNone() {
    assertThat(app).contains("<<: *hardened");
    assertThat(section(compose, "  feeder")).contains("<<: *hardened");
    assertThat(hardened)
        .contains("cap_drop: [ALL]", "no-new-privileges:true", "read_only: true")
        .doesNotContain("cap_add");
    assertThat(kubernetes)
        .contains("capabilities: {drop: [ALL]}", "allowPrivilegeEscalation: false")
        .contains("readOnlyRootFilesystem: true", "seccompProfile: {type: RuntimeDefault}")
        .contains("automountServiceAccountToken: false")
        .doesNotContain("privileged: true", "hostPath", "hostNetwork: true");
  }

  @Test
  void placesToWriteTo_ofAllThree_areStateAndTemporaryFiles() {
    String state = one(image, "(?m)^VOLUME (.*)$");
    assertThat(all(section(app, "    volumes"), "- (\\S+)"))
        .filteredOn(mount -> !mount.endsWith(":ro"))
        .containsExactly(state);
    assertThat(all(section(app, "    tmpfs"), "- ([^:\\s]+)")).containsExactly("/tmp");
    assertThat(all(kubernetes, "mountPath: ([^,}\\s]+)}")).containsExactly(state, "/tmp");
  }

  @Test
  void limits_ofComposeAndKubernetes_areTheSame() {
    assertThat(one(app, "mem_limit: (\\d+)g"))
        .isEqualTo(one(kubernetes, "limits: \\{memory: (\\d+)Gi}"));
    assertThat(one(app, "stop_grace_period: (\\d+)s"))
        .isEqualTo(one(kubernetes, "terminationGracePeriodSeconds: (\\d+)"));
  }
}
