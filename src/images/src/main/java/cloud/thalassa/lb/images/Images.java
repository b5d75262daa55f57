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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * {@code Images VERSION ROOTFS PROGRAMS OUTPUT}: one OCI archive {@code OUTPUT/PROGRAM.tar} for
 * each program that {@link Stage} put in {@code PROGRAMS}, named {@code
 * localhost/thalassa-lb/PROGRAM:VERSION} (with a host, because containerd keeps a name as it is and
 * looks for one with a host): the root file system (C library and a linked Java runtime in {@code
 * /jre}), the program's libraries, and the program itself as layers of their own, so that a new
 * version is a small download; or the native executable, where one was built, without a Java
 * runtime. Nobody's user, no shell, nothing writable. Equal input gives equal bytes in all layers
 * but the last, the start cache, which is measured and not computed.
 */
final class Images {
  private static final String NOBODY = "65532:65532";
  private static final String CACHE = "/app/app.aot";

  /** Sorted: a map without an order has another one in every JVM, and so would the image. */
  private static final Map<String, String> ENVIRONMENT =
      new TreeMap<>(Map.of("LANG", "C.UTF-8", "QUARKUS_HTTP_HOST", "0.0.0.0"));

  private Images() {}

  public static void main(String[] arguments) throws Exception {
    var version = arguments[0];
    var rootfs = Path.of(arguments[1]);
    var output = Files.createDirectories(Path.of(arguments[3]));
    try (var programs = Files.list(Path.of(arguments[2]))) {
      for (var program : programs.sorted().toList()) {
        build(program, version, rootfs, output);
      }
    }
  }

  private static void build(Path staged, String version, Path rootfs, Path output)
      throws Exception {
    var program = staged.getFileName().toString();
    var built = new Built(staged.resolve("target"));
    var archive = output.resolve(program + ".tar");
    var image =
        Jib.fromScratch()
            .setFormat(ImageFormat.OCI)
            .setPlatforms(Set.of(new Platform(architecture(), "linux")))
            .setCreationTime(Built.TIME)
            .setUser(NOBODY)
            .setWorkingDirectory(AbsoluteUnixPath.get("/app"))
            .setEnvironment(ENVIRONMENT);
    var executable = built.executable();
    if (executable.isPresent()) {
      addExecutable(image, program, executable.get(), rootfs);
    } else {
      addJvm(image, program, built, rootfs);
    }
    image.containerize(
        Containerizer.to(
                TarImage.at(archive).named("localhost/thalassa-lb/" + program + ":" + version))
            .setOfflineMode(true)
            .setBaseImageLayersCache(output.resolve("cache"))
            .setApplicationLayersCache(output.resolve("cache")));
    System.out.println(archive + " " + Files.size(archive) / (1 << 20) + " MB");
  }

  private static void addJvm(JibContainerBuilder image, String program, Built built, Path rootfs)
      throws IOException {
    var app = built.app();
    image
        .addFileEntriesLayer(layer("base", rootfs, "/"))
        .addFileEntriesLayer(layer("libraries", app.resolve("lib"), "/app/lib"))
        .addFileEntriesLayer(layer("program", app, "/app", app.resolve("lib")));
    var command = new ArrayList<>(List.of("/jre/bin/java"));
    command.addAll(options(program));
    var cache = built.startCache();
    if (cache.isPresent()) {
      image.addFileEntriesLayer(file("start cache", cache.get(), CACHE, "644"));
      command.add("-XX:AOTCache=" + CACHE);
      command.addAll(
          List.of("-Xlog:disable", "-Xlog:all=error:stderr")); // it is no harm if it is not good
    }
    command.addAll(List.of("-jar", "/app/quarkus-run.jar"));
    image.setEntrypoint(command);
  }

  /** The same as {@code bin/thalassa-lb} gives, but for a share of the container's memory. */
  private static List<String> options(String program) throws IOException {
    var options =
        new ArrayList<>(
            List.of(
                "-XX:MaxRAMPercentage=60",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
    if (program.equals("dataplane")) {
      Files.readAllLines(Path.of("dataplane/java.options")).stream()
          .filter(line -> line.startsWith("-"))
          .forEach(options::add);
    } else {
      options.add("-XX:TieredStopAtLevel=1");
    }
    return options;
  }

  private static void addExecutable(
      JibContainerBuilder image, String program, Path executable, Path rootfs) throws IOException {
    var to = "/app/" + program;
    image
        .addFileEntriesLayer(layer("base", rootfs, "/", rootfs.resolve("jre")))
        .addFileEntriesLayer(file("program", executable, to, "755"))
        .setEntrypoint(to);
  }

  private static FileEntriesLayer file(String name, Path file, String to, String permissions) {
    return FileEntriesLayer.builder()
        .setName(name)
        .addEntry(
            file,
            AbsoluteUnixPath.get(to),
            FilePermissions.fromOctalString(permissions),
            Built.TIME)
        .build();
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
            Built.TIME);
      }
    }
    return layer.build();
  }

  private static String architecture() {
    return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
  }
}
