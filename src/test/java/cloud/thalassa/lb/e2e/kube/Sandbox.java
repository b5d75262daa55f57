package cloud.thalassa.lb.e2e.kube;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** What a pod keeps while its container comes and goes: addresses, volumes and credentials. */
final class Sandbox {
  private static final AtomicInteger ADDRESSES = new AtomicInteger(1);

  final String ipv4;
  final String ipv6;
  private final ApiServer api;
  private final Pod pod;
  private final Program program;
  private final Path directory;

  Sandbox(ApiServer api, Pod pod, Program program) {
    var number = ADDRESSES.incrementAndGet();
    this.ipv4 = "10.78.%d.%d".formatted(number / 250, number % 250);
    this.ipv6 = "fd78::" + number;
    this.api = api;
    this.pod = pod;
    this.program = program;
    this.directory =
        KubeTools.target()
            .resolve("cluster/pods")
            .resolve(pod.getMetadata().getNamespace() + "." + pod.getMetadata().getName());
  }

  Child start() {
    try {
      writeCredentials();
      var container = pod.getSpec().getContainers().getFirst();
      var command =
          new ArrayList<>(
              List.of(
                  "unshare",
                  "--net",
                  "--mount",
                  KubeTools.REPOSITORY.resolve("src/test/netns/pod").toString(),
                  ipv4,
                  ipv6,
                  directory.toString(),
                  "env",
                  "-i"));
      environment(container).forEach((name, value) -> command.add(name + "=" + value));
      command.addAll(program.command());
      command.addAll(container.getArgs());
      var log = directory.resolveSibling(directory.getFileName() + ".log");
      return Child.start(
          pod.getMetadata().getName(), log, Map.of("POD_SYSCTLS", sysctls()), command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Routes go with the link, and are the host's to give. */
  void connected(boolean now) {
    var link = "pod" + ipv6.substring(ipv6.lastIndexOf(':') + 1);
    Child.run("ip", "link", "set", link, now ? "up" : "down");
    if (now) {
      Child.run("ip", "route", "replace", ipv4, "dev", link, "src", "10.78.0.1");
    }
  }

  private void writeCredentials() throws IOException {
    var credentials = Files.createDirectories(directory.resolve("serviceaccount"));
    var metadata = pod.getMetadata();
    var request =
        new TokenRequestBuilder()
            .withNewSpec()
            .withNewBoundObjectRef()
            .withApiVersion("v1")
            .withKind("Pod")
            .withName(metadata.getName())
            .withUid(metadata.getUid())
            .endBoundObjectRef()
            .endSpec()
            .build();
    var token =
        api.client()
            .serviceAccounts()
            .inNamespace(metadata.getNamespace())
            .withName(pod.getSpec().getServiceAccountName())
            .tokenRequest(request)
            .getStatus()
            .getToken();
    Files.writeString(credentials.resolve("token"), token);
    Files.writeString(credentials.resolve("namespace"), metadata.getNamespace());
    Files.writeString(credentials.resolve("ca.crt"), Files.readString(api.serverCertificate()));
  }

  private Map<String, String> environment(Container container) throws IOException {
    var environment = new HashMap<String, String>();
    environment.put("PATH", System.getenv("PATH"));
    environment.put("HOME", "/");
    environment.put("HOSTNAME", pod.getMetadata().getName());
    environment.put("KUBERNETES_SERVICE_HOST", ApiServer.HOST);
    environment.put("KUBERNETES_SERVICE_PORT", Integer.toString(ApiServer.PORT));
    for (var variable : container.getEnv()) {
      environment.put(variable.getName(), value(variable));
    }
    for (var mount : container.getVolumeMounts()) {
      var volume = Files.createDirectories(directory.resolve("volumes").resolve(mount.getName()));
      environment.replaceAll(
          (name, value) -> value.replace(mount.getMountPath(), volume.toString()));
      if (mount.getMountPath().equals("/tmp")) {
        environment.put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + volume);
      }
    }
    return environment;
  }

  private String value(EnvVar variable) {
    if (variable.getValueFrom() == null) {
      return variable.getValue() == null ? "" : variable.getValue();
    }
    var path = variable.getValueFrom().getFieldRef().getFieldPath();
    return switch (path) {
      case "metadata.name" -> pod.getMetadata().getName();
      case "metadata.namespace" -> pod.getMetadata().getNamespace();
      case "metadata.uid" -> pod.getMetadata().getUid();
      case "spec.nodeName" -> Node.NAME;
      case "status.podIP" -> ipv4;
      default -> throw new IllegalStateException("no value for field " + path);
    };
  }

  private String sysctls() {
    var security = pod.getSpec().getSecurityContext();
    return security == null
        ? ""
        : security.getSysctls().stream()
            .map(sysctl -> sysctl.getName() + "=" + sysctl.getValue())
            .collect(Collectors.joining("\n"));
  }
}
