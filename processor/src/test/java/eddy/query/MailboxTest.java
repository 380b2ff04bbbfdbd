package eddy.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MailboxTest {
  private final TaskDesks desks = new TaskDesks(1000);
  private final Mailbox mailbox = desks.open(3);

  @Test
  void ask_untilTheTaskLooks_waits() {
    CompletableFuture<String> reply = mailbox.ask(task -> "said");
    assertThat(reply).isNotDone();
    assertThat(mailbox.hasMail()).isTrue();

    mailbox.answerOne(null);

    assertThat(reply.join()).isEqualTo("said");
    assertThat(mailbox.hasMail()).isFalse();
  }

  @Test
  void ask_moreThanItHolds_isRefusedAtOnceAndTakenAgainLater() {
    for (int i = 0; i < Mailbox.MOST; i++) {
      mailbox.ask(task -> "said");
    }
    CompletableFuture<String> oneTooMany = mailbox.ask(task -> "said");
    assertThatThrownBy(oneTooMany::join)
        .hasCauseInstanceOf(UnansweredException.class)
        .hasMessageContaining("partition 3");

    mailbox.answerAll(null);

    assertThat(mailbox.hasMail()).isFalse();
    assertThat(mailbox.ask(task -> "said")).isNotDone();
  }

  @Test
  void close_questionsThatWaitAndComeLater_areToldAtOnce() {
    CompletableFuture<String> before = mailbox.ask(task -> "said");

    desks.close(mailbox);

    assertThatThrownBy(before::join).hasCauseInstanceOf(UnansweredException.class);
    assertThatThrownBy(mailbox.ask(task -> "said")::join)
        .hasCauseInstanceOf(UnansweredException.class);
    assertThat(mailbox.hasMail()).isFalse();
    assertThat(desks.of(3)).isEmpty();
  }

  @Test
  void answer_questionThatFails_failsOnlyForWhoAsked() {
    CompletableFuture<String> faulty =
        mailbox.ask(
            task -> {
              throw new IllegalStateException("a fault of the question");
            });
    CompletableFuture<String> sound = mailbox.ask(task -> "said");

    mailbox.answerAll(null);

    assertThatThrownBy(faulty::join).hasMessageContaining("a fault of the question");
    assertThat(sound.join()).isEqualTo("said");
  }

  @Test
  void answer_questionThatNobodyWaitsFor_isNotAsked() {
    boolean[] asked = {false};
    CompletableFuture<String> reply =
        mailbox.ask(
            task -> {
              asked[0] = true;
              return "said";
            });
    reply.cancel(false);

    mailbox.answerAll(null);

    assertThat(asked[0]).isFalse();
  }

  @Test
  void open_taskThatMovesBetweenThreads_keepsTheNewerMailbox() {
    Mailbox newer = desks.open(3);
    desks.close(mailbox);

    assertThat(desks.of(3)).containsSame(newer);
  }
}
