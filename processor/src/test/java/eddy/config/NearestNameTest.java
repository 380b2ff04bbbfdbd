package eddy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
  private static final List<String> KNOWN = List.of("elman", "lstm", "gru", "elstm", "mixed");

  @ParameterizedTest
  @CsvSource({
    "kitten,sitting,3",
    "abc,acb,1",
    "'',abc,3",
    "same,same,0",
    "ca,abc,3",
    "cell,cells,1"
  })
  void edits_knownPairs_countsEdits(String from, String to, int edits) {
    assertThat(NearestName.edits(from, to)).isEqualTo(edits);
    assertThat(NearestName.edits(to, from)).isEqualTo(edits);
  }

  @Test
  void of_misspeltName_isTheNearest() {
    assertThat(NearestName.of("LTSM", KNOWN)).contains("lstm");
    assertThat(NearestName.of("mixd", KNOWN)).contains("mixed");
  }

  @Test
  void of_nameLikeNone_isEmpty() {
    assertThat(NearestName.of("transformer", KNOWN)).isEmpty();
  }
}
