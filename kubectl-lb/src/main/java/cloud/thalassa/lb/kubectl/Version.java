package cloud.thalassa.lb.kubectl;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** Of the jar that this is in. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    var version = Main.class.getPackage().getImplementationVersion();
    return new String[] {Objects.requireNonNullElse(version, "unknown")};
  }
}
