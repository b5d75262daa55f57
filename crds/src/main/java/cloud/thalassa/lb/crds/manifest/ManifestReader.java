package cloud.thalassa.lb.crds.manifest;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.SecurityGroup;
import cloud.thalassa.lb.crds.Subnet;
import cloud.thalassa.lb.crds.TargetGroup;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads files of manifests as an API server with our CRDs would take them. */
public final class ManifestReader {
  private static final String DEFAULT_NAMESPACE = "default";

  private final ObjectCheck check = new ObjectCheck();
  private final KubernetesSerialization serialization = new KubernetesSerialization();
  private final String home;

  public ManifestReader() {
    this(DEFAULT_NAMESPACE);
  }

  /**
   * @param home the namespace of objects that name none
   */
  public ManifestReader(String home) {
    this.home = home;
  }

  /** {@code stored}: the object as it is now, for rules that compare; absent: it is new. */
  public Reading read(String file, String text, Function<Identity, @Nullable Manifest> stored) {
    var stream = YamlStream.read(file, text);
    var reading =
        new Reading(
            new ArrayList<>(),
            new ArrayList<>(),
            new LinkedHashMap<>(),
            new ArrayList<>(stream.findings()),
            !stream.findings().isEmpty(),
            new TreeSet<>());
    stream.documents().forEach(document -> add(reading, document, stored));
    return reading;
  }

  private void add(
      Reading reading, Document document, Function<Identity, @Nullable Manifest> stored) {
    var identity = Identity.of(document.value(), home);
    var before = identity == null ? null : stored.apply(identity);
    var problems = check.check(document.value(), before == null ? null : before.value());
    var name = identity == null ? "" : identity.toString();
    if (identity != null) {
      reading.order().add(identity);
    }
    var findings =
        new ArrayList<>(
            problems.stream().map(p -> document.finding(name, p.path(), p.sentence())).toList());
    if (findings.isEmpty() && identity != null && check.knows(document.value())) {
      try {
        reading.manifests().add(new Manifest(identity, document, typed(identity, document)));
      } catch (KubernetesClientException e) {
        findings.add(document.finding(name, "", "cannot be read: " + reason(e)));
      }
    } else if (findings.isEmpty()) {
      reading.foreign().add(String.valueOf(document.value().get("kind")));
    }
    reading.findings().addAll(findings);
    if (!findings.isEmpty() && identity != null) {
      reading.refused().putIfAbsent(identity, findings.getFirst());
    }
  }

  private HasMetadata typed(Identity identity, Document document) {
    var object =
        serialization.unmarshal(
            serialization.asJson(check.stored(document.value())), type(identity.kind()));
    if (!identity.namespace().isEmpty()) {
      object.getMetadata().setNamespace(identity.namespace());
    }
    return object;
  }

  private static Class<? extends HasMetadata> type(String kind) {
    return switch (kind) {
      case "LoadBalancer" -> LoadBalancer.class;
      case "Listener" -> Listener.class;
      case "TargetGroup" -> TargetGroup.class;
      case "SecurityGroup" -> SecurityGroup.class;
      case "Subnet" -> Subnet.class;
      case "Pod" -> Pod.class;
      case "Namespace" -> Namespace.class;
      case "ReferenceGrant" -> ReferenceGrant.class;
      default -> throw new IllegalStateException("there is a schema for " + kind + " and no type");
    };
  }

  private static String reason(Throwable e) {
    var cause = e.getCause() == null ? e : e.getCause();
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
  }
}
