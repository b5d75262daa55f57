package cloud.thalassa.lb.operator.directory;

import cloud.thalassa.lb.operator.Mode;
import cloud.thalassa.lb.operator.OperatorConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Runs over {@code thalassa.directory}. */
@ApplicationScoped
class DirectoryMode implements Mode {
  private final OperatorConfig config;
  private @Nullable DirectoryOperator operator;

  DirectoryMode(OperatorConfig config) {
    this.config = config;
  }

  @Override
  public boolean fits(OperatorConfig config) {
    return config.directory().isPresent();
  }

  @Override
  public void start() {
    var directory = config.directory().orElseThrow();
    var since = config.announceReadySince();
    operator =
        DirectoryOperator.start(
            directory,
            () ->
                since.ifPresent(
                    then ->
                        System.out.println(
                            "ready in " + (Instant.now().toEpochMilli() - then) + " ms")));
  }

  @Override
  public void stop() {
    if (operator != null) {
      operator.close();
    }
  }
}
