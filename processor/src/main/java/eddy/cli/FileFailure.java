package eddy.cli;

import eddy.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Why files that the user has named cannot be used, in words. */
final class FileFailure {
  private FileFailure() {}

  /** Opens something. */
  @FunctionalInterface
  interface Opening<T> {
    T open() throws IOException;
  }

  /**
   * What is opened.
   *
   * @throws ConfigurationException where the system does not let it be
   */
  static <T> T of(Path file, Opening<T> opening) throws IOException {
    try {
      return opening.open();
    } catch (FileSystemException e) {
      throw new ConfigurationException(file + ": cannot be read: " + reason(e));
    }
  }

  /** The reason, where Java's own message would be no more than a name. */
  static String reason(IOException failure) {
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (failure instanceof FileAlreadyExistsException || failure instanceof NotDirectoryException) {
      return "a file stands where a folder is needed";
    }
    if (failure instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    return String.valueOf(failure.getMessage());
  }
}
