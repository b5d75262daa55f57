package cloud.thalassa.lb.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;

/**
 * {@code Stage PROGRAMS PROGRAM...}: copies each program to {@code PROGRAMS/PROGRAM/target}, every
 * byte and time as it will be in the image. Only a program that was started from there has a start
 * cache that is good in the image.
 */
final class Stage {
  private Stage() {}

  public static void main(String[] arguments) throws IOException {
    var programs = Path.of(arguments[0]);
    clear(programs);
    for (var program : List.of(arguments).subList(1, arguments.length)) {
      stage(
          new Built(Path.of(program, "target")),
          new Built(programs.resolve(program).resolve("target")));
    }
  }

  private static void stage(Built from, Built to) throws IOException {
    Files.createDirectories(to.target());
    var executable = from.executable();
    if (executable.isPresent()) {
      Files.copy(
          executable.get(),
          to.target().resolve(executable.get().getFileName()),
          StandardCopyOption.COPY_ATTRIBUTES);
      return;
    }
    try (var files = Files.walk(from.app())) {
      for (var file : files.toList()) {
        Files.copy(file, to.app().resolve(from.app().relativize(file)));
      }
    }
    RecordedValues.renumber(from.recordedValues(), to.recordedValues());
    try (var files = Files.walk(to.app())) {
      for (var file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Built.TIME));
      }
    }
  }

  private static void clear(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (var files = Files.walk(directory)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
