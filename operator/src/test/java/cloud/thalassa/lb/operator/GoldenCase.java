package cloud.thalassa.lb.operator;

import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.DataplaneReport;
import cloud.thalassa.lb.crds.DataplaneReportSpec.Phase;
import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.LoadBalancerSpec;
import cloud.thalassa.lb.crds.LoadBalancerStatus.Address;
import cloud.thalassa.lb.crds.SecurityGroup;
import cloud.thalassa.lb.crds.Subnet;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.operator.allocate.Placement;
import cloud.thalassa.lb.operator.allocate.Settlement;
import cloud.thalassa.lb.operator.allocate.SubnetRules;
import cloud.thalassa.lb.operator.compile.Compiled;
import cloud.thalassa.lb.operator.compile.Compiler;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.compile.Site;
import cloud.thalassa.lb.operator.compile.Verdict;
import cloud.thalassa.lb.operator.observe.InventorySnapshot;
import cloud.thalassa.lb.operator.status.Fleet;
import cloud.thalassa.lb.operator.status.SecurityGroupStatuses;
import cloud.thalassa.lb.operator.status.Statuses;
import cloud.thalassa.lb.operator.status.SubnetStatuses;
import cloud.thalassa.lb.operator.status.TargetGroupStatuses;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The objects of one case, and what they mean, as text. */
record GoldenCase(List<HasMetadata> objects, Site site) {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  /** One sentence, one line. */
  private static final YAMLMapper LINES =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .build();

  static {
    for (var kind :
        List.of(
            LoadBalancer.class,
            Listener.class,
            TargetGroup.class,
            SecurityGroup.class,
            DataplaneReport.class,
            HealthReport.class,
            Subnet.class,
            AddressClaim.class,
            ForwardingConfig.class)) {
      YAML.registerKubernetesResource(kind);
    }
  }

  static GoldenCase read(Path dir) throws IOException {
    var objects = new ArrayList<HasMetadata>();
    for (var document : Files.readString(dir.resolve("in.yaml")).split("(?m)^---$")) {
      if (!document.isBlank()) {
        objects.add(YAML.unmarshal(document));
      }
    }
    boolean directory = dir.getFileName().toString().startsWith("directory-");
    return new GoldenCase(objects, directory ? Site.DIRECTORY : Site.CLUSTER);
  }

  String meaning() throws IOException {
    var inventory = InventorySnapshot.of(objects, site);
    var settlement = Settlement.of(objects, claims(), site);
    var documents = new ArrayList<Object>();
    var verdicts = new TreeMap<String, Object>();
    var statuses = new TreeMap<String, Object>();
    var compiled = new TreeMap<Ref, Compiled>();
    for (var loadBalancer : inventory.loadBalancers()) {
      var place = settlement.placeOf(loadBalancer);
      var observed = inventory.observe(loadBalancer, site, place.seat(loadBalancer));
      var one = Compiler.compile(observed);
      var ref = Ref.of(loadBalancer);
      compiled.put(ref, one);
      verdicts.put("LoadBalancer " + ref, plain(one.loadBalancer()));
      one.listeners().forEach((l, verdict) -> verdicts.put("Listener " + l, plain(verdict)));
      one.targetGroups().forEach((g, verdict) -> verdicts.put("TargetGroup " + g, plain(verdict)));
      var reports = reports(DataplaneReport.class, ref);
      var status = Statuses.of(observed, one, fleet(loadBalancer, place, reports), reports);
      statuses.put(
          "LoadBalancer " + ref, plain(status.loadBalancer(loadBalancer.getStatus(), NOW)));
      for (var listener : observed.listeners()) {
        statuses.put(
            "Listener " + Ref.of(listener),
            plain(status.listener(listener, listener.getStatus(), NOW)));
      }
    }
    for (var listener : inventory.orphans()) {
      var verdict = inventory.orphan(listener);
      verdicts.put("Listener " + Ref.of(listener), plain(verdict));
      statuses.put(
          "Listener " + Ref.of(listener),
          plain(Statuses.orphan(listener, verdict, listener.getStatus(), NOW)));
    }
    for (var group : inventory.targetGroups()) {
      var ref = Ref.of(group);
      var health =
          objects.stream().filter(HealthReport.class::isInstance).map(HealthReport.class::cast);
      statuses.put(
          "TargetGroup " + ref,
          plain(
              TargetGroupStatuses.of(
                  group,
                  inventory.podsOf(group),
                  inventory.offLimits(ref, site),
                  compiled.values().stream().anyMatch(one -> one.uses(ref)),
                  health.toList(),
                  group.getStatus(),
                  NOW)));
    }
    for (var group : inventory.securityGroups()) {
      var ref = Ref.of(group);
      statuses.put(
          "SecurityGroup " + ref,
          plain(
              SecurityGroupStatuses.of(
                  group, inventory.loadBalancersAttaching(ref), group.getStatus(), NOW)));
    }
    for (var subnet : settlement.subnets()) {
      var verdict = SubnetRules.judge(subnet, settlement.subnets(), site);
      var name = subnet.getMetadata().getName();
      verdicts.put("Subnet " + name, plain(verdict));
      statuses.put(
          "Subnet " + name,
          plain(
              SubnetStatuses.of(subnet, verdict, settlement.use(subnet), subnet.getStatus(), NOW)));
    }
    documents.addAll(settlement.claims());
    compiled.values().forEach(one -> documents.add(one.config()));
    compiled.values().forEach(one -> documents.addAll(one.slices()));
    var text = new StringBuilder();
    documents.forEach(document -> text.append(YAML.asYaml(document)));
    text.append(LINES.writeValueAsString(Map.of("verdicts", verdicts)));
    text.append(LINES.writeValueAsString(Map.of("statuses", statuses)));
    return text.toString();
  }

  private <T extends HasMetadata> List<T> reports(Class<T> type, Ref loadBalancer) {
    return objects.stream()
        .filter(type::isInstance)
        .map(type::cast)
        .filter(report -> Ref.of(report).namespace().equals(loadBalancer.namespace()))
        .filter(report -> report.getMetadata().getLabels().containsValue(loadBalancer.name()))
        .toList();
  }

  private List<AddressClaim> claims() {
    return objects.stream()
        .filter(AddressClaim.class::isInstance)
        .map(AddressClaim.class::cast)
        .toList();
  }

  /** Addresses stand in the input's status, as the Service would have brought them. */
  private static Fleet fleet(
      LoadBalancer loadBalancer, Placement place, List<DataplaneReport> reports) {
    var spec = Objects.requireNonNullElse(loadBalancer.getSpec(), NO_SPEC);
    var addresses =
        place.pooled()
            ? place.addresses().stream().map(ip -> new Address(ip, "VIP")).toList()
            : loadBalancer.getStatus() == null
                ? List.<Address>of()
                : loadBalancer.getStatus().addresses();
    int serving = (int) reports.stream().filter(r -> r.getSpec().phase() == Phase.SERVING).count();
    return new Fleet(
        spec.replicas(),
        serving,
        reports.size(),
        addresses,
        place.subnetName(),
        place.problem(),
        null);
  }

  private static final LoadBalancerSpec NO_SPEC =
      new LoadBalancerSpec(null, null, null, null, null, null, null, null);

  private static Object plain(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Accepted(var problems) when problems.isEmpty() -> "accepted";
      case Verdict.Accepted(var problems) -> Map.of("accepted, but", lines(problems));
      case Verdict.Refused(var problems) -> lines(problems);
    };
  }

  private static List<String> lines(List<Verdict.Problem> problems) {
    return problems.stream()
        .map(p -> "%s=False %s: %s".formatted(p.condition(), p.reason(), p.message()))
        .toList();
  }

  /** Conditions on one line each, to read a case at a glance. */
  private static Object plain(Object status) {
    @SuppressWarnings("unchecked")
    var map = new LinkedHashMap<String, Object>(YAML.convertValue(status, Map.class));
    @SuppressWarnings("unchecked")
    var conditions = (List<Object>) map.getOrDefault("conditions", List.of());
    map.put(
        "conditions",
        conditions.stream().map(c -> line(YAML.convertValue(c, Condition.class))).toList());
    return map;
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
