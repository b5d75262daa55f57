package cloud.thalassa.lb.e2e.kube;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The programs under test, as they were packaged. */
public enum Program {
  OPERATOR("operator", 160),
  DATAPLANE("dataplane", 96),
  HEALTHCHECKER("healthchecker", 96),
  API("lb-api", 160);

  private final String module;
  private final int heapMiB;

  Program(String module, int heapMiB) {
    this.module = module;
    this.heapMiB = heapMiB;
  }

  static Optional<Program> ofImage(String image) {
    var name = image.replaceFirst("[:@].*", "").replaceFirst(".*/", "");
    return Arrays.stream(values()).filter(program -> name.endsWith(program.module)).findFirst();
  }

  /** Starts fast and stays small: many of them share a machine with the tests. */
  public List<String> command(String... options) {
    var target = KubeTools.REPOSITORY.resolve(module).resolve("target");
    var jar = target.resolve("quarkus-app/quarkus-run.jar");
    if (!Files.exists(jar)) {
      throw new IllegalStateException(
          jar + " is missing: run `make build`, or this test by verify");
    }
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command =
        new ArrayList<>(
            List.of(
                java,
                "-Xmx" + heapMiB + "m",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED", // as in training, or the cache is no good
                "--sun-misc-unsafe-memory-access=allow"));
    var cache = target.resolve("app.aot");
    if (cache.toFile().lastModified() > jar.toFile().lastModified()) { // else of an older build
      command.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:disable", "-Xlog:all=error:stderr"));
    }
    command.add(
        this == DATAPLANE
            ? "@" + KubeTools.REPOSITORY.resolve("dataplane/java.options")
            : "-XX:TieredStopAtLevel=1");
    command.addAll(List.of(options));
    command.addAll(List.of("-jar", jar.toString()));
    return command;
  }
}
