package cloud.thalassa.lb.api;

import cloud.thalassa.lb.crds.LastWords;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Starts the program, and gives its end a meaning: 0 after a signal, 1 and one sentence after a
 * failed start.
 */
@QuarkusMain
public final class Main {
  private static final long STOP_SECONDS = 20;

  private final CompletableFuture<Integer> code = new CompletableFuture<>();

  public static void main(String... args) {
    var main = new Main();
    Runtime.getRuntime().addShutdownHook(new Thread(main::halt, "exit-code"));
    Quarkus.run(ApiApp.class, main::ended, args);
  }

  private void ended(Integer exit, @Nullable Throwable failure) {
    if (failure != null) {
      // the driver's own words say which database it is
      System.err.println(
          "thalassa-lb api: " + LastWords.of(failure, SQLException.class::isInstance));
    }
    code.complete(failure != null ? 1 : exit > 128 ? 0 : exit);
    System.exit(code.join());
  }

  /** The JVM would report a signal as 143; a stop that was asked for is a success. */
  private void halt() {
    try {
      Runtime.getRuntime().halt(code.get(STOP_SECONDS, TimeUnit.SECONDS));
    } catch (TimeoutException | ExecutionException e) {
      System.err.println("thalassa-lb api: did not stop within " + STOP_SECONDS + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Main() {}
}
