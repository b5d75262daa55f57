package cloud.thalassa.lb.dataplane;

import cloud.thalassa.lb.dataplane.flowlog.FlowLog;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Where the flow log goes, after every check. */
sealed interface FlowLogSettings {
  enum Off implements FlowLogSettings {
    OFF
  }

  record StandardOutput(double sample) implements FlowLogSettings {}

  record ToFile(Path file, double sample) implements FlowLogSettings {}

  /**
   * What the configuration asks for.
   *
   * @throws StartupFailure it cannot be written there
   */
  static FlowLogSettings of(DataplaneConfig config) {
    var sample = sample(config.flowLogSample());
    if (config.flowLog().isEmpty()) {
      if (config.flowLogSample().isPresent()) {
        throw new StartupFailure(
            "thalassa.flow-log-sample without thalassa.flow-log samples nothing: set both");
      }
      return Off.OFF;
    }
    var place = config.flowLog().get();
    return place.equals("-") ? new StandardOutput(sample) : new ToFile(file(place), sample);
  }

  default FlowLog open(MeterRegistry registry) {
    return switch (this) {
      case Off _ -> FlowLog.OFF;
      case StandardOutput out -> FlowLog.toStandardOutput(out.sample(), registry);
      case ToFile to -> FlowLog.to(to.file(), to.sample(), registry);
    };
  }

  private static double sample(Optional<String> text) {
    if (text.isEmpty()) {
      return 1;
    }
    try {
      double sample = Double.parseDouble(text.get());
      if (sample >= 0 && sample <= 1) {
        return sample;
      }
    } catch (NumberFormatException e) {
      // the sentence below says it
    }
    throw new StartupFailure(
        "thalassa.flow-log-sample '%s' must be a number from 0 to 1, the share of connections to log"
            .formatted(text.get()));
  }

  private static Path file(String place) {
    Path file;
    try {
      file = Path.of(place).toAbsolutePath();
    } catch (InvalidPathException e) {
      throw refused(place, "that is not the name of a file");
    }
    if (Files.isDirectory(file)) {
      throw refused(place, "it is a directory; name a file in it");
    }
    var directory = file.getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw refused(place, "its directory does not exist; create it, or name another");
    }
    if (!Files.isWritable(Files.exists(file) ? file : directory)) {
      throw refused(place, "this user may not write there");
    }
    return file;
  }

  private static StartupFailure refused(String place, String why) {
    return new StartupFailure("thalassa.flow-log '%s' cannot be written: %s".formatted(place, why));
  }
}
