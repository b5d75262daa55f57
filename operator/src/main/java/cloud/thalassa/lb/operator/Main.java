package cloud.thalassa.lb.operator;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import org.jspecify.annotations.Nullable;

/** Runs the operator until it is told to stop. */
public class Main implements QuarkusApplication {
  private final OperatorConfig config;
  private final Instance<Mode> modes;
  private volatile @Nullable Mode running;

  Main(OperatorConfig config, Instance<Mode> modes) {
    this.config = config;
    this.modes = modes;
  }

  @Override
  public int run(String... args) {
    var mode = modes.stream().filter(candidate -> candidate.fits(config)).findFirst().orElseThrow();
    try {
      mode.start();
    } catch (StartupException e) {
      System.err.println("thalassa-lb operator: " + e.getMessage());
      return 1;
    }
    running = mode;
    Quarkus.waitForExit();
    return 0;
  }

  /** Here, because after {@link Quarkus#waitForExit} the beans may be gone already. */
  void stop(@Observes ShutdownEvent event) {
    var mode = running;
    if (mode != null) {
      mode.stop();
    }
  }
}
