package eddy.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eddy.math.Alignment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DictionaryTest {
  @Test
  void assign_newTexts_numbersThemInOrderOfFirstSight() {
    Dictionary dictionary = new Dictionary(4);

    List<Integer> slots = new ArrayList<>();
    for (String text : List.of("storm", "calm", "storm", "gale", "calm")) {
      slots.add(dictionary.assign(text));
    }

    assertThat(slots).containsExactly(0, 1, 0, 2, 1);
    assertThat(dictionary.assigned()).isEqualTo(3);
    assertThat(dictionary.text(1)).isEqualTo("calm");
    assertThat(dictionary.text(3)).isNull();
  }

  @Test
  void slotOf_newText_isWhatAssignGivesAndChangesNothing() {
    Dictionary dictionary = new Dictionary(3);
    for (String text : List.of("a", "b", "c", "d", "a", "c")) {
      int assigned = dictionary.assigned();
      int slot = dictionary.slotOf(text);

      assertThat(dictionary.assigned()).isEqualTo(assigned);
      assertThat(dictionary.assign(text)).isEqualTo(slot);
    }
  }

  @Test
  void assign_moreTextsThanSlots_shareTheLastSlot() {
    Dictionary dictionary = new Dictionary(2);
    dictionary.assign("up");

    assertThat(dictionary.assign("down")).isEqualTo(1);
    assertThat(dictionary.text(1)).isEqualTo("down");

    assertThat(dictionary.assign("flat")).isEqualTo(1);
    assertThat(dictionary.text(1)).isNull();
    assertThat(dictionary.slotOf("down")).isEqualTo(1);
    assertThat(dictionary.slotOf("up")).isZero();
    assertThat(dictionary.assigned()).isEqualTo(2);
  }

  @Test
  void of_textsOfAnother_behavesLikeIt() {
    for (int seen = 0; seen <= 6; seen++) {
      Dictionary original = new Dictionary(4);
      for (int i = 0; i < seen; i++) {
        original.assign("text" + i);
      }

      String[] texts = new String[original.assigned()];
      for (int slot = 0; slot < texts.length; slot++) {
        texts[slot] = original.text(slot);
      }
      Dictionary copy = Dictionary.of(original.slots(), texts);

      for (int i = 0; i < 8; i++) {
        assertThat(copy.slotOf("text" + i)).isEqualTo(original.slotOf("text" + i));
        assertThat(copy.assign("text" + i)).isEqualTo(original.assign("text" + i));
        assertThat(copy.text(3)).isEqualTo(original.text(3));
      }
    }
  }

  @Test
  void of_textsThatNoDictionaryGives_areRefused() {
    assertThatThrownBy(() -> Dictionary.of(2, "a", "b", "c")).hasMessageContaining("3 texts");
    assertThatThrownBy(() -> Dictionary.of(3, "a", "a")).hasMessageContaining("slot 1");
    assertThatThrownBy(() -> Dictionary.of(3, null, "a")).hasMessageContaining("slot 0");
  }

  @Test
  void new_slotsOutOfBounds_areRefused() {
    assertThatThrownBy(() -> new Dictionary(1)).hasMessageContaining("had 1");
    assertThatThrownBy(() -> new Dictionary(65_537)).hasMessageContaining("had 65537");
  }

  private static Dictionary of(int slots, String... texts) {
    Dictionary dictionary = new Dictionary(slots);
    for (String text : texts) {
      dictionary.assign(text);
    }
    return dictionary;
  }

  @Test
  void adopt_otherOrder_alignsByNames() {
    Dictionary own = of(6, "a", "b", "mine");
    Alignment alignment = own.adopt(of(6, "b", "theirs", "a"), 0.25f);

    assertThat(own.text(3)).isEqualTo("theirs");
    assertThat(own.assigned()).isEqualTo(4);
    assertThat(List.of(alignment.source(0), alignment.source(1), alignment.source(3)))
        .containsExactly(2, 0, 1);
    assertThat(List.of(alignment.share(0), alignment.share(1))).containsExactly(0.25f, 0.25f);
    assertThat(alignment.share(2)).as("only known here").isZero();
    assertThat(alignment.share(3)).as("only known there").isEqualTo(1f);
    assertThat(alignment.share(4)).as("known to nobody").isEqualTo(0.25f);
  }

  @Test
  void adopt_moreTextsThanSlots_keepsTheSharedSlot() {
    Dictionary own = of(3, "a", "b", "c");
    Alignment alignment = own.adopt(of(3, "x", "a", "y"), 0.5f);

    assertThat(own.text(2)).isNull();
    assertThat(alignment.source(0)).isEqualTo(1);
    assertThat(alignment.share(2)).as("stands for other texts there").isZero();
    Alignment both = own.adopt(of(3, "a", "x", "y", "z"), 0.5f);
    assertThat(both.source(2)).isEqualTo(2);
    assertThat(both.share(2)).as("stands for many on both sides").isEqualTo(0.5f);
  }
}
