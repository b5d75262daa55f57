package cloud.thalassa.lb.operator.gateway;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.operator.compile.Grant;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.front.Owner;
import cloud.thalassa.lb.operator.front.Remark;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayStatusAddress;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteGroupKind;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Gateways with what they depend on and what exists of them, and what they mean, as text. */
record GatewayCase(Snapshot world) {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  private static final YAMLMapper LINES =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .build();

  static {
    Stream.of(LoadBalancer.class, Listener.class, TargetGroup.class, TcpRoute.class, UdpRoute.class)
        .forEach(YAML::registerKubernetesResource);
  }

  static GatewayCase read(Path in) throws IOException {
    var objects = new ArrayList<HasMetadata>();
    for (var document : Files.readString(in).split("(?m)^---$")) {
      objects.add(YAML.unmarshal(document));
    }
    return new GatewayCase(new Snapshot(objects));
  }

  String meaning() throws IOException {
    var text = new StringBuilder();
    for (var gateway : world.all(Gateway.class).toList()) {
      if (world.served(Ref.of(gateway)) == null) {
        text.append(LINES.writeValueAsString(Map.of("Gateway " + Ref.of(gateway), "not ours")));
      } else {
        add(gateway, text);
      }
    }
    var routes = new TreeMap<String, Object>();
    world
        .all(Route.class)
        .forEach(route -> routes.put(route.getKind() + " " + Ref.of(route), parents(route)));
    text.append(LINES.writeValueAsString(Map.of("routes", routes)));
    text.append(LINES.writeValueAsString(Map.of("permissions", permissions())));
    return text.toString();
  }

  private void add(Gateway gateway, StringBuilder text) throws IOException {
    var mine = world.objects().stream().filter(object -> Owner.is(gateway, object)).toList();
    var loadBalancer =
        mine.stream()
            .filter(LoadBalancer.class::isInstance)
            .map(LoadBalancer.class::cast)
            .findFirst()
            .orElse(null);
    var listeners =
        mine.stream().filter(Listener.class::isInstance).map(Listener.class::cast).toList();
    var meaning = Translation.of(gateway, world, loadBalancer);
    meaning.backends().forEach(group -> text.append(YAML.asYaml(group)));
    meaning.objects().objects().forEach(object -> text.append(YAML.asYaml(object)));
    var status =
        GatewayStatuses.of(
            gateway, world, meaning.objects(), loadBalancer, listeners, List.of(), NOW);
    var shown = new LinkedHashMap<String, Object>();
    shown.put("remarks", meaning.objects().remarks().stream().map(GatewayCase::line).toList());
    shown.put("status", shown(status));
    text.append(LINES.writeValueAsString(Map.of("Gateway " + Ref.of(gateway), shown)));
  }

  private static Map<String, Object> shown(GatewayStatus status) {
    var shown = new LinkedHashMap<String, Object>();
    shown.put(
        "addresses", status.getAddresses().stream().map(GatewayStatusAddress::getValue).toList());
    shown.put("conditions", status.getConditions().stream().map(GatewayCase::line).toList());
    status.getListeners().forEach(it -> shown.put("listener " + it.getName(), shown(it)));
    return shown;
  }

  private static Map<String, Object> shown(ListenerStatus status) {
    var shown = new LinkedHashMap<String, Object>();
    shown.put(
        "supportedKinds",
        status.getSupportedKinds().stream().map(RouteGroupKind::getKind).toList());
    shown.put("attachedRoutes", status.getAttachedRoutes());
    shown.put("conditions", status.getConditions().stream().map(GatewayCase::line).toList());
    return shown;
  }

  private Object parents(Route route) {
    var parents = new LinkedHashMap<String, Object>();
    RouteStatuses.of(route, world, NOW)
        .forEach(
            it ->
                parents.put(
                    it.getControllerName() + " of " + line(it.getParentRef()),
                    it.getConditions().stream().map(GatewayCase::line).toList()));
    return parents;
  }

  private Object permissions() {
    var permissions = new TreeSet<String>();
    world.objects().stream()
        .map(object -> object.getMetadata().getNamespace())
        .filter(namespace -> namespace != null)
        .distinct()
        .flatMap(namespace -> Permissions.into(namespace, world).stream())
        .forEach(
            grant ->
                permissions.add(
                    "Listeners of %s to %s"
                        .formatted(
                            grant.from().getFirst().namespace(),
                            grant.to().stream()
                                .map(Grant.To::name)
                                .map(name -> grant.namespace() + "/" + name)
                                .collect(Collectors.joining(", ")))));
    return permissions;
  }

  private static String line(ParentReference parent) {
    return Stream.of(
            parent.getNamespace(), parent.getName(), parent.getSectionName(), parent.getPort())
        .filter(part -> part != null)
        .map(Object::toString)
        .collect(Collectors.joining("/"));
  }

  private static String line(Remark remark) {
    return "%s: %s".formatted(remark.cost(), remark.sentence());
  }

  private static String line(Condition condition) {
    return "%s=%s %s (generation %s, since %s): %s"
        .formatted(
            condition.getType(),
            condition.getStatus(),
            condition.getReason(),
            condition.getObservedGeneration(),
            condition.getLastTransitionTime(),
            condition.getMessage());
  }
}
