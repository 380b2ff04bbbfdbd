package eddy.docs;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of README.md and docs, typed by a reader. */
class DocumentedCommandsIT {
  @TempDir Path folder;

  @Test
  void commands_ofAllPagesInOneSession_succeed() throws Exception {
    try (Session session = new Session(folder)) {
      for (Page page : Page.all()) {
        session.follow(page);
      }
      session.end();
    }
  }
}
