package eddy.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandReaderTest {
  private static final String WHOLE = "{\"command\":\"snapshot\",\"name\":\"a.1\",\"full\":true}";

  private static Command read(String json) {
    return CommandReader.read(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void read_everyCommand_givesIt() {
    assertThat(read("{\"command\":\"pause\"}")).isEqualTo(new Command.Pause());
    assertThat(read("{\"command\":\"resume\"}")).isEqualTo(new Command.Resume());
    assertThat(read("{\"command\":\"learning-rate\",\"factor\":0.5}"))
        .isEqualTo(new Command.LearningRate(0.5f));
    assertThat(read("{\"command\":\"reset-key\",\"key\":\"é\"}"))
        .isEqualTo(new Command.ResetKey("é"));
    assertThat(read(WHOLE)).isEqualTo(new Command.Snapshot("a.1", true));
    assertThat(read("{\"name\":\"a\",\"command\":\"snapshot\"}"))
        .isEqualTo(new Command.Snapshot("a", false));
    assertThat(read("{\"command\":\"rollback\",\"name\":\"a\"}"))
        .isEqualTo(new Command.Rollback("a"));
    assertThat(read("{\"command\":\"drop-snapshot\",\"name\":\"a\"}"))
        .isEqualTo(new Command.DropSnapshot("a"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "pause | expected a JSON object",
        "[] | expected a JSON object with a command",
        "{} | command: expected a text, one of pause, resume,",
        "{\"command\":\"pause\"} 1 | expected the end",
        "{\"command\":\"stop\"} | command stop: there is none; known are pause,",
        "{\"command\":\"pause\",\"until\":5} | until: pause has no such field",
        "{\"command\":\"pause\",\"command\":\"resume\"} | Duplicate field 'command'",
        "{\"command\":{\"name\":1}} | command: expected a text, a number, true or false",
        "{\"command\":\"learning-rate\"} | factor: expected a number, but it is missing",
        "{\"command\":\"learning-rate\",\"factor\":\"2\"} | factor: expected a number, got 2",
        "{\"command\":\"learning-rate\",\"factor\":0} | factor: must be above 0 and at most 1000 but was 0.0",
        "{\"command\":\"learning-rate\",\"factor\":1e9} | factor: must be above 0",
        "{\"command\":\"reset-key\",\"key\":7} | key: expected a text, got 7.0",
        "{\"command\":\"snapshot\",\"name\":\"a b\"} | name: expected 1 to 64 letters",
        "{\"command\":\"snapshot\",\"name\":\"a\",\"full\":1} | full: expected true or false",
      })
  void read_noCommand_saysWhatWasExpected(String json, String reason) {
    assertThat(read(json))
        .isInstanceOfSatisfying(
            Command.Refused.class, refused -> assertThat(refused.reason()).contains(reason));
  }

  @Test
  void read_anyBytes_givesAnAnswer() {
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = WHOLE.getBytes(StandardCharsets.UTF_8);
      for (int change = 0; change < 3; change++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      assertThat(CommandReader.read(bytes)).isNotNull();
    }
    assertThat(CommandReader.read(null)).isInstanceOf(Command.Refused.class);
    assertThat(CommandReader.read(new byte[0])).isInstanceOf(Command.Refused.class);
  }
}
