package cloud.thalassa.lb.operator;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.enterprise.inject.Instance;

/** Runs the operator until it is told to stop. */
public class Main implements QuarkusApplication {
  private final OperatorConfig config;
  private final Instance<Mode> modes;

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
    Quarkus.waitForExit();
    mode.stop();
    return 0;
  }
}
