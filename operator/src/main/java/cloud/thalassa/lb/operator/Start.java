package cloud.thalassa.lb.operator;

import cloud.thalassa.lb.crds.LastWords;
import cloud.thalassa.lb.operator.check.CheckCommand;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * {@code check PATH...} answers at once; everything else is the operator, whose end gets a meaning
 * here: 0 after a signal, 1 and one sentence after a failed start.
 */
@QuarkusMain
public final class Start {
  private static final long STOP_SECONDS = 30;

  private final CompletableFuture<Integer> code = new CompletableFuture<>();

  private Start() {}

  /** Entry point of the JVM and of the native executable. */
  public static void main(String... args) {
    if (args.length > 0 && args[0].equals("check")) {
      var paths = List.of(args).subList(1, args.length);
      System.exit(CheckCommand.run(paths, System.out, System.err));
    }
    var start = new Start();
    Runtime.getRuntime().addShutdownHook(new Thread(start::halt, "exit-code"));
    Quarkus.run(Main.class, start::ended, args);
  }

  private void ended(Integer exit, @Nullable Throwable failure) {
    if (failure != null) {
      System.err.println("thalassa-lb operator: " + LastWords.of(failure));
    }
    code.complete(failure != null ? 1 : exit > 128 ? 0 : exit);
    System.exit(code.join());
  }

  /** The JVM would report a signal as 143; a stop that was asked for is a success. */
  private void halt() {
    try {
      Runtime.getRuntime().halt(code.get(STOP_SECONDS, TimeUnit.SECONDS));
    } catch (TimeoutException | ExecutionException e) {
      System.err.println("thalassa-lb operator: did not stop within " + STOP_SECONDS + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
