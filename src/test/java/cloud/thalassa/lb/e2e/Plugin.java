package cloud.thalassa.lb.e2e;

import cloud.thalassa.lb.e2e.kube.Child;
import cloud.thalassa.lb.e2e.kube.KubeTools;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code bin/kubectl-lb}, as somebody with a kubeconfig starts it. */
record Plugin(Path kubeconfig, String namespace) {
  private static final AtomicInteger RUNS = new AtomicInteger();

  /** A run that ended. */
  record Said(int code, String output) {}

  /** In the namespace, and waits for its end. */
  Said say(String... arguments) {
    var command = new ArrayList<>(List.of(arguments));
    command.addAll(List.of("-n", namespace));
    return plain(command.toArray(String[]::new));
  }

  /** Without another word. */
  Said plain(String... arguments) {
    return ended(start(arguments));
  }

  Child start(String... arguments) {
    var command = new ArrayList<>(List.of(bin("kubectl-lb")));
    command.addAll(List.of(arguments));
    return run(command);
  }

  /** Where somebody looks at it; goes on until it is ended. */
  Child onATerminal(String... arguments) {
    var words = bin("kubectl-lb") + " " + String.join(" ", arguments);
    return run(List.of("script", "-qefc", "exec " + words, "/dev/null"));
  }

  /** As kubectl runs it: {@code kubectl lb}. */
  Said throughKubectl(String... arguments) {
    var command = new ArrayList<>(List.of(KubeTools.kubectl().toString()));
    command.addAll(List.of(arguments));
    return ended(run(command));
  }

  private static Said ended(Child child) {
    return new Said(child.exitCode(60), child.output());
  }

  private Child run(List<String> command) {
    var log = KubeTools.target().resolve("plugin/" + RUNS.incrementAndGet() + ".log");
    log.toFile().delete();
    return Child.start(
        String.join(" ", command),
        log,
        Map.of(
            "KUBECONFIG",
            kubeconfig.toString(),
            "PATH",
            KubeTools.REPOSITORY.resolve("bin") + ":" + System.getenv("PATH")),
        command);
  }

  private static String bin(String name) {
    return KubeTools.REPOSITORY.resolve("bin/" + name).toString();
  }
}
