package cloud.thalassa.lb.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * What the build made of one program, as {@code bin/thalassa-lb} expects it.
 *
 * @param target the directory of the module's results
 */
record Built(Path target) {
  /** Of every file in the images. */
  static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  /** What {@code make native} built: it is preferred, as by {@code bin/thalassa-lb}. */
  Optional<Path> executable() throws IOException {
    try (var files = Files.list(target)) {
      return files
          .filter(file -> file.toString().endsWith("-runner") && Files.isExecutable(file))
          .findFirst();
    }
  }

  /** The program's jars. */
  Path app() {
    return target.resolve("quarkus-app");
  }

  /** What the program loads when it starts, if {@code bin/train} could keep it. */
  Optional<Path> startCache() {
    return Optional.of(target.resolve("app.aot")).filter(Files::exists);
  }

  Path recordedValues() {
    return app().resolve("quarkus/generated-bytecode.jar");
  }
}
