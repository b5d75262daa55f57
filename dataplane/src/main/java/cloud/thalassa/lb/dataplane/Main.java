package cloud.thalassa.lb.dataplane;

import cloud.thalassa.lb.crds.LastWords;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Starts the program, and gives its end a meaning: 0 after a signal, 1 and one sentence after a
 * failed start.
 */
@QuarkusMain
public final class Main {
  private final CompletableFuture<Integer> code = new CompletableFuture<>();

  private Main() {}

  public static void main(String... args) {
    Ahead.begin();
    var main = new Main();
    Runtime.getRuntime().addShutdownHook(new Thread(main::halt, "exit-code"));
    Quarkus.run(DataplaneApp.class, main::ended, args);
  }

  private void ended(Integer exit, @Nullable Throwable failure) {
    if (failure != null) {
      System.err.println("thalassa-lb dataplane: " + LastWords.of(failure));
    }
    code.complete(failure != null ? 1 : exit > 128 ? 0 : exit);
    System.exit(code.join());
  }

  /**
   * The JVM would report a signal as 143; an end that was asked for is a success. It comes when the
   * drain is over; whoever cannot wait for its deadline kills.
   */
  private void halt() {
    try {
      Runtime.getRuntime().halt(code.get());
    } catch (ExecutionException e) {
      throw new IllegalStateException("nobody completes it so", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
