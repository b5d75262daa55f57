package cloud.thalassa.lb.operator.service;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.SecurityGroup;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.front.Owner;
import cloud.thalassa.lb.operator.front.Remark;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A Service, what exists of its load balancer, and what it means, as text. */
record ServiceCase(Service service, List<HasMetadata> existing) {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  private static final YAMLMapper LINES =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .build();

  static {
    Stream.of(LoadBalancer.class, Listener.class, TargetGroup.class, SecurityGroup.class)
        .forEach(YAML::registerKubernetesResource);
  }

  static ServiceCase read(Path in) throws IOException {
    var objects = new ArrayList<HasMetadata>();
    for (var document : Files.readString(in).split("(?m)^---$")) {
      objects.add(YAML.unmarshal(document));
    }
    return new ServiceCase((Service) objects.removeFirst(), objects);
  }

  String meaning() throws IOException {
    var text = new StringBuilder();
    if (!Claim.on(service, false)) {
      return LINES.writeValueAsString(Map.of("claimed", false));
    }
    var mine = existing.stream().filter(object -> Owner.is(service, object)).toList();
    var loadBalancer = first(LoadBalancer.class, mine);
    var translated = Translation.of(service, loadBalancer).unless("Service", this::taken);
    translated.objects().forEach(object -> text.append(YAML.asYaml(object)));
    text.append(
        LINES.writeValueAsString(
            Map.of("remarks", translated.remarks().stream().map(ServiceCase::line).toList())));
    var listeners =
        mine.stream().filter(Listener.class::isInstance).map(Listener.class::cast).toList();
    var status = ServiceStatuses.of(service, translated, loadBalancer, listeners, List.of(), NOW);
    var shown = new LinkedHashMap<String, Object>();
    shown.put("ingress", YAML.convertValue(status.getLoadBalancer().getIngress(), List.class));
    shown.put("conditions", status.getConditions().stream().map(ServiceCase::line).toList());
    text.append(LINES.writeValueAsString(Map.of("status", shown)));
    return text.toString();
  }

  private boolean taken(HasMetadata wanted) {
    return existing.stream()
        .filter(it -> it.getKind().equals(wanted.getKind()) && Ref.of(it).equals(Ref.of(wanted)))
        .anyMatch(it -> !Owner.is(service, it));
  }

  private static <T> T first(Class<T> kind, List<HasMetadata> objects) {
    return objects.stream().filter(kind::isInstance).map(kind::cast).findFirst().orElse(null);
  }

  private static String line(Remark remark) {
    return "%s%s: %s"
        .formatted(
            remark.cost(), remark.port() == null ? "" : " " + remark.port(), remark.sentence());
  }

  private static String line(Condition condition) {
    return "%s=%s %s: %s"
        .formatted(
            condition.getType(),
            condition.getStatus(),
            condition.getReason(),
            condition.getMessage());
  }
}
