package cloud.thalassa.lb.k8s;

import cloud.thalassa.lb.e2e.kube.KubeTools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that was run to its end, with what it printed. */
record Run(int code, String output, String errors) {
  private static final int SECONDS = 120;

  static Run of(Map<String, String> environment, List<String> command) {
    try {
      var output = Files.createTempFile(KubeTools.target(), "run-", ".out");
      var errors = Files.createTempFile(KubeTools.target(), "run-", ".err");
      var builder =
          new ProcessBuilder(command)
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile())
              .directory(KubeTools.REPOSITORY.toFile());
      builder.environment().putAll(environment);
      var process = builder.start();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " still runs after " + SECONDS + " s");
      }
      var run = new Run(process.exitValue(), Files.readString(output), Files.readString(errors));
      Files.delete(output);
      Files.delete(errors);
      return run;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + command, e);
    }
  }

  /** What it printed; a failure is an error that holds everything. */
  String succeeded() {
    if (code != 0) {
      throw new AssertionError("exit code " + code + ":\n" + errors + output);
    }
    return output;
  }
}
