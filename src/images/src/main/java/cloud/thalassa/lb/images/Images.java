package cloud.thalassa.lb.images;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code Images VERSION ROOTFS OUTPUT PROGRAM...}: one OCI archive {@code OUTPUT/PROGRAM.tar} for
 * each program, named {@code localhost/thalassa-lb/PROGRAM:VERSION} (with a host, because
 * containerd keeps a name as it is and looks for one with a host): the root file system (C library
 * and a linked Java runtime in {@code /jre}), the program's libraries, and the program itself as
 * layers of their own, so that a new version is a small download; or the native executable, where
 * one was built, without a Java runtime. Nobody's user, no shell, nothing writable. Equal input
 * gives equal bytes.
 */
final class Images {
  private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");
  private static final String NOBODY = "65532:65532";

  private Images() {}

  public static void main(String[] arguments) throws Exception {
    var version = arguments[0];
    var rootfs = Path.of(arguments[1]);
    var output = Files.createDirectories(Path.of(arguments[2]));
    for (var program : List.of(arguments).subList(3, arguments.length)) {
      build(program, version, rootfs, output);
    }
  }

  private static void build(String program, String version, Path rootfs, Path output)
      throws Exception {
    var archive = output.resolve(program + ".tar");
    var image =
        Jib.fromScratch()
            .setFormat(ImageFormat.OCI)
            .setPlatforms(Set.of(new Platform(architecture(), "linux")))
            .setCreationTime(EPOCH)
            .setUser(NOBODY)
            .setWorkingDirectory(AbsoluteUnixPath.get("/app"))
            .setEnvironment(Map.of("LANG", "C.UTF-8", "QUARKUS_HTTP_HOST", "0.0.0.0"));
    var executable = nativeExecutable(program);
    if (executable.isPresent()) {
      addExecutable(image, program, executable.get(), rootfs);
    } else {
      addJvm(image, program, rootfs);
    }
    image.containerize(
        Containerizer.to(
                TarImage.at(archive).named("localhost/thalassa-lb/" + program + ":" + version))
            .setOfflineMode(true)
            .setBaseImageLayersCache(output.resolve("cache"))
            .setApplicationLayersCache(output.resolve("cache")));
    System.out.println(archive + " " + Files.size(archive) / (1 << 20) + " MB");
  }

  /** The same options as {@code bin/thalassa-lb} gives. */
  private static void addJvm(JibContainerBuilder image, String program, Path rootfs)
      throws IOException {
    var app = Path.of(program, "target", "quarkus-app");
    image
        .addFileEntriesLayer(layer("base", rootfs, "/"))
        .addFileEntriesLayer(layer("libraries", app.resolve("lib"), "/app/lib"))
        .addFileEntriesLayer(layer("program", app, "/app", app.resolve("lib")))
        .setEntrypoint(
            "/jre/bin/java",
            "-XX:MaxRAMPercentage=60",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            program.equals("dataplane") ? "-Xmn16m" : "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-jar",
            "/app/quarkus-run.jar");
  }

  private static void addExecutable(
      JibContainerBuilder image, String program, Path executable, Path rootfs) throws IOException {
    var file = AbsoluteUnixPath.get("/app/" + program);
    image
        .addFileEntriesLayer(layer("base", rootfs, "/", rootfs.resolve("jre")))
        .addFileEntriesLayer(
            FileEntriesLayer.builder()
                .setName("program")
                .addEntry(executable, file, FilePermissions.fromOctalString("755"), EPOCH)
                .build())
        .setEntrypoint(file.toString());
  }

  /** What {@code make native} built: it is preferred, as by {@code bin/thalassa-lb}. */
  private static Optional<Path> nativeExecutable(String program) throws IOException {
    try (var files = Files.list(Path.of(program, "target"))) {
      return files
          .filter(file -> file.toString().endsWith("-runner") && Files.isExecutable(file))
          .findFirst();
    }
  }

  private static FileEntriesLayer layer(String name, Path from, String to, Path... without)
      throws IOException {
    var layer = FileEntriesLayer.builder().setName(name);
    try (var paths = Files.walk(from)) {
      for (var path : paths.sorted().toList()) {
        if (path.equals(from) || List.of(without).stream().anyMatch(path::startsWith)) {
          continue;
        }
        layer.addEntry(
            path,
            AbsoluteUnixPath.get(to).resolve(from.relativize(path).toString()),
            FilePermissions.fromOctalString(
                Files.isDirectory(path) || Files.isExecutable(path) ? "755" : "644"),
            EPOCH);
      }
    }
    return layer.build();
  }

  private static String architecture() {
    return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
  }
}
