package cloud.thalassa.lb.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command that a test waits for. */
final class Command {
  private static final int LONGEST_SECONDS = 120;

  private Command() {}

  /** What it prints to standard output; an error that holds all that it said if it fails. */
  static String run(List<String> command) {
    try {
      var output = Files.createTempFile("command-", ".out");
      var errors = Files.createTempFile("command-", ".err");
      try {
        var process =
            new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new AssertionError(
              String.join(" ", command) + " did not end within " + LONGEST_SECONDS + " s");
        }
        if (process.exitValue() != 0) {
          throw new AssertionError(
              String.join(" ", command)
                  + "\n"
                  + Files.readString(output)
                  + Files.readString(errors));
        }
        return Files.readString(output);
      } finally {
        Files.delete(output);
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + String.join(" ", command), e);
    }
  }
}
