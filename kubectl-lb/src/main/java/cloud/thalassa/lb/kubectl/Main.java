package cloud.thalassa.lb.kubectl;

import static java.nio.charset.StandardCharsets.UTF_8;

import cloud.thalassa.lb.kubectl.cluster.Failure;
import cloud.thalassa.lb.kubectl.cluster.Refusal;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program: 0 it is done, 1 it cannot be, 2 it was asked for something that does not exist. */
public final class Main {
  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private Main() {}

  public static void main(String... arguments) throws IOException {
    if (arguments.length == 1 && arguments[0].equals(Rehearsal.COMMAND)) {
      Rehearsal.play(System.out);
      return;
    }
    System.exit(run(System.out, System.err, arguments));
  }

  static int run(PrintStream out, PrintStream err, String... arguments) {
    var terminal = new Terminal(out, err);
    var first = arguments.length == 0 ? "" : arguments[0];
    if (first.equals(Completer.COMMAND)) {
      var words = List.of(arguments).subList(1, arguments.length);
      out.println(Completer.of(Lb.commandLine(terminal), words));
      return 0;
    }
    return Lb.commandLine(terminal, first)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setOut(new PrintWriter(out, true, UTF_8))
        .setErr(new PrintWriter(err, true, UTF_8))
        .setParameterExceptionHandler((e, _) -> misused(terminal, e))
        .setExecutionExceptionHandler((e, _, _) -> failed(terminal, e))
        .execute(arguments);
  }

  private static int misused(Terminal terminal, ParameterException e) {
    terminal.complain(sentence(e) + " (kubectl lb --help lists what there is)");
    return MISUSED;
  }

  private static String sentence(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      var word = unmatched.getUnmatched().getFirst();
      var what =
          word.startsWith("-")
              ? "unknown option"
              : e.getCommandLine().getParent() == null ? "unknown command" : "unexpected argument";
      return what + " '" + word + "'";
    }
    var words = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return words.isEmpty()
        ? "it cannot be understood"
        : words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
  }

  private static int failed(Terminal terminal, Exception e) throws Exception {
    var words =
        switch (e) {
          case Failure known -> String.valueOf(known.getMessage());
          case KubernetesClientException refused -> Refusal.sentence(refused);
          default -> throw e;
        };
    terminal.complain(words);
    return FAILED;
  }
}
