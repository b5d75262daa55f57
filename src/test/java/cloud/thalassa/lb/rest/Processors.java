package cloud.thalassa.lb.rest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Who may use which processors of this machine, and for how long he did. */
final class Processors {
  private static final int ALL = Runtime.getRuntime().availableProcessors();

  private Processors() {}

  /** To whoever is started there: this process and its descendants use the others. */
  static void leaveTheFirst() throws IOException, InterruptedException {
    if (ALL > 1) {
      use("1-" + (ALL - 1));
    }
  }

  static void takeAll() throws IOException, InterruptedException {
    use("0-" + (ALL - 1));
  }

  private static void use(String processors) throws IOException, InterruptedException {
    var me = ProcessHandle.current();
    for (var process : Stream.concat(Stream.of(me), me.descendants()).toList()) {
      var pid = Long.toString(process.pid());
      new ProcessBuilder(List.of("taskset", "-a", "-p", "-c", processors, pid))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    }
  }

  /** That all processes of the tests have used together. */
  static long cpuMillis() {
    return ProcessHandle.allProcesses()
        .mapToLong(
            process -> {
              try {
                return cpuMillis(process.pid());
              } catch (IOException gone) {
                return 0;
              }
            })
        .sum();
  }

  /** That a process has used. */
  static long cpuMillis(long pid) throws IOException {
    // fields 14 and 15, after the name, which is in parentheses
    var fields = Files.readString(Path.of("/proc/" + pid + "/stat")).replaceFirst(".*\\) ", "");
    var words = fields.split(" ");
    return (Long.parseLong(words[11]) + Long.parseLong(words[12])) * 10;
  }
}
