package eddy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import eddy.feature.ArrivalSpec;
import eddy.feature.Field;
import eddy.feature.FieldKind;
import eddy.feature.SequenceSpec;
import eddy.network.NetworkSpec.Kind;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Networks over a window, lookahead and sequences, as they are configured. */
class NetworkConfigTest {
  private static EddyConfig config(String... settings) {
    Map<String, String> map =
        new HashMap<>(Map.of("eddy.features", "x", "eddy.targets", "y:category"));
    for (String setting : settings) {
      map.put(
          setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
    }
    return EddyConfig.of(map);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void learnerSpec_network_isTheOneThatIsWritten(Kind kind) {
    EddyConfig config = config("eddy.network=" + kind.text(), "eddy.cell=gru");
    assertThat(config.learnerSpec().network().kind()).isEqualTo(kind);
    String learner = config.newPrequential().learner();
    assertThat(learner).startsWith(kind.readsWindow() ? kind.text() + " gru/bptt(32)" : "gru/");
  }

  @Test
  void learnerSpec_lookahead_isThatOfTheNetwork() {
    EddyConfig config =
        config(
            "eddy.network=bidirectional", "eddy.lookahead=3", "eddy.features=x,y:category:lag(4)");
    assertThat(config.learnerSpec().network().lookahead()).isEqualTo(3);
    assertThat(config.schema().fields()).isEqualTo(config.newPrequential().schema().fields());
  }

  @ParameterizedTest
  @CsvSource({"end,false,EVERY", "end?,true,LAST", "`is end`,false,MEAN"})
  void sequence_field_isReadAsTrueOrFalse(String written, boolean optional, String output) {
    EddyConfig config =
        config(
            "eddy.sequence.end.field=" + written, "eddy.sequence.output=" + output.toLowerCase());
    String field = written.replace("?", "").replace("`", "");
    assertThat(config.learnerSpec().sequence())
        .isEqualTo(new SequenceSpec(SequenceSpec.Output.valueOf(output), field, optional));
    assertThat(config.schema().fields()).contains(new Field(field, FieldKind.TRUTH, !optional));
    assertThat(config.learnerSpec().network().mean()).isEqualTo(output.equals("MEAN"));
    config.newPrequential();
  }

  @Test
  void gate_settings_areThoseOfTheLearner() {
    assertThat(config("eddy.seed=1").learnerSpec().gate()).isEqualTo(100);
    assertThat(config("eddy.gate.window=8").learnerSpec().gate()).isEqualTo(8);
    assertThat(config("eddy.gate=off").learnerSpec().gate()).isZero();
  }

  @Test
  void arrivals_idField_isReadOfEveryEvent() {
    EddyConfig config = config("eddy.event.id.field=order.id", "eddy.sequence.gap=PT6H");
    assertThat(config.learnerSpec().arrivals())
        .isEqualTo(new ArrivalSpec(true, true, "order.id", 64));
    assertThat(config.schema().fields()).contains(new Field("order.id", FieldKind.CATEGORY, true));
    assertThat(config.schema().fields()).isEqualTo(config.newPrequential().schema().fields());
    assertThat(config.sequence().gap()).hasHours(6);
    EddyConfig byTime = config("eddy.duplicates=reject", "eddy.duplicates.window=8");
    assertThat(byTime.learnerSpec().arrivals()).isEqualTo(new ArrivalSpec(true, false, "", 8));
    assertThat(config("eddy.seed=1").learnerSpec().arrivals()).isEqualTo(ArrivalSpec.ANY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "eddy.lookahead=2 | eddy.seed=1 | eddy.lookahead=2: only events that are read backward",
        "eddy.lookahead=2 | eddy.network=encoder-decoder | write eddy.network=bidirectional",
        "eddy.network=bidirectional | eddy.learner=rtrl | eddy.learner=rtrl: eddy.network=bidi",
        "eddy.network=encoder-decoder | eddy.learner=snap1 | eddy.learner=snap1: eddy.network=enc",
        "eddy.network=elman | eddy.seed=1 | eddy.network=elman",
        "eddy.sequence.output=last | eddy.seed=1 | eddy.sequence.output=last: a prediction of a",
        "eddy.sequence.end.field=a,b | eddy.seed=1 | expected one field",
        "eddy.sequence.end.field=end | eddy.sequence.output=first | eddy.sequence.output=first",
        "eddy.sequence.gap=6h | eddy.seed=1 | eddy.sequence.gap=6h: must be an ISO-8601 duration",
        "eddy.sequence.gap=PT0S | eddy.seed=1 | duration above zero, such as PT6H",
        "eddy.sequence.gap=PT6H | eddy.sequence.output=last | eddy.sequence.output=last: a pred",
        "eddy.duplicates.window=8 | eddy.seed=1 | eddy.duplicates.window=8: nothing tells dupl",
        "eddy.event.id.field=a b,c | eddy.seed=1 | expected one field",
        "eddy.gate=off | eddy.gate.window=8 | eddy.gate.window=8: there is no gate; write eddy.gate=on",
        "eddy.out.of.order=drop | eddy.seed=1 | Known are accept, reject",
      })
  void of_settingsThatDoNotFit_areRefused(String one, String other, String problem) {
    assertThat(problem(one, other)).contains(problem);
  }

  @Test
  void of_lookahead_refusesTargetsAheadAndLagsThatDoNotReachBeyondIt() {
    String[] late = {"eddy.network=bidirectional", "eddy.lookahead=2"};
    assertThat(problem(late[0], late[1], "eddy.targets=y@+1"))
        .contains("eddy.targets: target y@+1: an event is labelled 2 events after it has passed")
        .contains("write y, or look ahead 0 events");
    assertThat(problem(late[0], late[1], "eddy.features=x,y:category:lag(2)"))
        .contains("eddy.features: feature y:category(64):lag(2)")
        .contains("2 events after it; add lag(3)");
    assertThat(
            problem(late[0], late[1], "eddy.sequence.end.field=end", "eddy.sequence.output=last"))
        .contains("a whole sequence is predicted at its last event, which no other follows");
  }

  @Test
  void of_wholeSequences_refuseTargetsAheadAndFeaturesOverTheTarget() {
    String[] whole = {"eddy.sequence.end.field=end", "eddy.sequence.output=last"};
    assertThat(problem(whole[0], whole[1], "eddy.targets=y@+1"))
        .contains("target y@+1: a whole sequence is predicted at its last event");
    assertThat(problem(whole[0], whole[1], "eddy.features=x,y:category:lag(1)"))
        .contains("y is the target of the whole sequence and must not be read within it");
  }

  private static String problem(String... settings) {
    ConfigurationException thrown =
        catchThrowableOfType(ConfigurationException.class, () -> config(settings));
    assertThat(thrown).as("no problem was found").isNotNull();
    return String.join("\n", thrown.problems());
  }
}
