package cloud.thalassa.lb.crds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the annotations of the generator cannot say. */
public final class StrictSchema implements CRDPostProcessor {
  /** Keys of the lists that are maps, by the property that holds them. */
  private static final Map<String, List<String>> LIST_KEYS =
      Map.of(
          "conditions", List.of("type"),
          "pools", List.of("name"),
          "listeners", List.of("name"),
          "ingress", List.of("name"),
          "securityGroupRefs", List.of("name"));

  static final List<Class<? extends HasMetadata>> KINDS =
      List.of(
          LoadBalancer.class,
          Listener.class,
          TargetGroup.class,
          SecurityGroup.class,
          Subnet.class,
          AddressClaim.class,
          ForwardingConfig.class,
          HealthReport.class,
          DataplaneReport.class,
          ReplicaReport.class);

  /**
   * Only these are typed by people; our own documents have no bounds on which rules could be
   * costed.
   */
  private static final Set<String> USER_KINDS =
      Set.of("LoadBalancer", "Listener", "TargetGroup", "SecurityGroup", "Subnet");

  private static final String LABEL_PATTERN = "^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$";

  /** Longest name of a label (with its prefix) and longest value that a pod can have. */
  private static final long LABEL_KEY = 253 + 1 + 63;

  private static final long LABEL_VALUE = 63;

  private boolean userKind;

  @Override
  public HasMetadata process(HasMetadata resource, String version) {
    var crd = (CustomResourceDefinition) resource;
    var kind = crd.getSpec().getNames().getKind();
    userKind = isOfUsers(kind);
    for (var v : crd.getSpec().getVersions()) {
      tighten(v.getSchema().getOpenAPIV3Schema());
      present(kind, v.getSchema().getOpenAPIV3Schema());
      unseen(v.getSchema().getOpenAPIV3Schema());
      inDeclaredOrder(kind, v.getAdditionalPrinterColumns());
    }
    return crd;
  }

  static boolean isOfUsers(String kind) {
    return USER_KINDS.contains(kind);
  }

  /**
   * The generator sorts columns by name; people read them in the order that their kind declares.
   */
  private static void inDeclaredOrder(String kind, List<CustomResourceColumnDefinition> columns) {
    var declared =
        KINDS.stream()
            .filter(type -> type.getSimpleName().equals(kind))
            .flatMap(
                type -> Arrays.stream(type.getAnnotationsByType(AdditionalPrinterColumn.class)))
            .map(AdditionalPrinterColumn::name)
            .toList();
    columns.sort(Comparator.comparing(column -> declared.indexOf(column.getName())));
  }

  /** An object without a spec would reach readers as null, past every rule and default in it. */
  private void present(String kind, JSONSchemaProps schema) {
    if (!userKind) {
      // of one writer: what somebody else put in goes with its next write
      schema.getProperties().get("spec").setXKubernetesMapType("atomic");
    }
    if ("LoadBalancer".equals(kind)) {
      schema.getProperties().get("spec").setDefault(JsonNodeFactory.instance.objectNode());
    } else {
      schema.setRequired(List.of("spec"));
    }
  }

  /** Who waits by kstatus takes an object that no status speaks of for finished. */
  private void unseen(JSONSchemaProps schema) {
    if (userKind) {
      var status = JsonNodeFactory.instance.objectNode().put("observedGeneration", -1);
      schema.getProperties().get("status").setDefault(status);
    }
  }

  private void tighten(JSONSchemaProps schema) {
    if (userKind) {
      deduplicate(schema);
    } else {
      schema.setXKubernetesValidations(null);
    }
    if ("integer".equals(schema.getType()) && schema.getFormat() == null) {
      schema.setFormat("int64");
    }
    if (schema.getProperties() != null) {
      schema.getProperties().forEach(this::tightenProperty);
    }
    if (schema.getItems() != null && schema.getItems().getSchema() != null) {
      tighten(schema.getItems().getSchema());
    }
  }

  private void tightenProperty(String name, JSONSchemaProps property) {
    if ("array".equals(property.getType()) && LIST_KEYS.containsKey(name)) {
      property.setXKubernetesListType("map");
      property.setXKubernetesListMapKeys(LIST_KEYS.get(name));
    }
    switch (name) {
      case "conditions" -> condition(property.getItems().getSchema());
      case "selector", "allowedNamespaces" -> selector(property);
      case "addressPools" -> pools(property.getItems().getSchema());
      case "zones" -> zones(property.getItems().getSchema());
      case "service" -> service(property.getProperties());
      case "allowedSources", "sources" -> sources(property.getItems().getSchema());
      case "acceptProxyProtocol" ->
          sources(property.getProperties().get("from").getItems().getSchema());
      case "resources" -> resources(property);
      default -> {}
    }
    tighten(property);
  }

  /** The schema of metav1.Condition, which the generator knows only by its Java type. */
  private static void condition(JSONSchemaProps condition) {
    condition.setRequired(List.of("lastTransitionTime", "message", "reason", "status", "type"));
    condition.getProperties().get("status").setEnum(strings("True", "False", "Unknown"));
    condition.getProperties().get("lastTransitionTime").setFormat("date-time");
    condition.getProperties().get("message").setMaxLength(32768L);
    condition.getProperties().get("reason").setMaxLength(1024L);
    condition.getProperties().get("type").setMaxLength(316L);
  }

  private static void selector(JSONSchemaProps selector) {
    selector.setXKubernetesMapType("atomic");
    var labels = selector.getProperties().get("matchLabels");
    labels.setMaxProperties(64L);
    labels.getAdditionalProperties().getSchema().setMaxLength(LABEL_VALUE);
    var expressions = selector.getProperties().get("matchExpressions");
    expressions.setMaxItems(64L);
    var expression = expressions.getItems().getSchema();
    expression.setRequired(List.of("key", "operator"));
    expression
        .getProperties()
        .get("operator")
        .setEnum(strings("In", "NotIn", "Exists", "DoesNotExist"));
    expression.getProperties().get("key").setMaxLength(LABEL_KEY);
    var values = expression.getProperties().get("values");
    values.setMaxItems(256L);
    values.getItems().getSchema().setMaxLength(LABEL_VALUE);
    expression.setXKubernetesValidations(
        List.of(
            rule(
                "self.operator in ['In', 'NotIn'] ? has(self.values) && size(self.values) > 0 :"
                    + " !has(self.values) || size(self.values) == 0",
                "values: operators In and NotIn need at least one, Exists and DoesNotExist take"
                    + " none")));
  }

  /** Rules of list items, so that the API server names the bad one by its index and value. */
  private static void sources(JSONSchemaProps source) {
    source.setXKubernetesValidations(
        List.of(
            quoting(
                "isCIDR(self)",
                "self + ' is not a CIDR: write an address and a prefix length, such as"
                    + " 198.51.100.0/24'"),
            quoting(
                "!isCIDR(self) || cidr(self) == cidr(self).masked()",
                "self + ' has host bits set: write the network, such as 10.0.0.0/8 for"
                    + " 10.1.2.3/8'")));
  }

  /** What takes arithmetic, such as an overlap, is the operator's to say. */
  private static void pools(JSONSchemaProps pool) {
    pool.setXKubernetesValidations(
        List.of(
            quoting(
                "isCIDR(self) || (size(self.split('-')) == 2 && self.split('-').all(end,"
                    + " isIP(end)))",
                "self + ' is neither a network such as 203.0.113.0/28 nor a range such as"
                    + " 198.51.100.10-198.51.100.20'"),
            quoting(
                "!isCIDR(self) || cidr(self) == cidr(self).masked()",
                "self + ' has host bits set: write the network, such as 10.0.0.0/8 for"
                    + " 10.1.2.3/8'"),
            quoting(
                "size(self.split('-')) != 2 || !self.split('-').all(end, isIP(end)) ||"
                    + " ip(self.split('-')[0]).family() == ip(self.split('-')[1]).family()",
                "self + ' is a range from one family to the other: give each family a range of its"
                    + " own'")));
  }

  private static void zones(JSONSchemaProps zone) {
    zone.setPattern(LABEL_PATTERN);
  }

  private static void service(Map<String, JSONSchemaProps> service) {
    service
        .get("loadBalancerClass")
        .setPattern("^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?" + LABEL_PATTERN.substring(1));
    var annotations = service.get("annotations");
    annotations.setMaxProperties(64L);
    annotations.getAdditionalProperties().getSchema().setMaxLength(4096L);
    annotations.setXKubernetesValidations(
        List.of(
            rule(
                "self.all(key, !key.startsWith('lb.thalassa.cloud/'))",
                "annotations: keys that begin with lb.thalassa.cloud/ are written by the operator:"
                    + " remove them")));
  }

  /** As in a container, without claims: there is nothing in the pod that they could name. */
  private static void resources(JSONSchemaProps resources) {
    resources.getProperties().remove("claims");
    for (var quantities : resources.getProperties().values()) {
      quantities.setMaxProperties(3L); // bounds the cost of the rule
      quantities
          .getAdditionalProperties()
          .getSchema()
          .setXKubernetesValidations(
              List.of(
                  rule(
                      "type(self) == int || self.matches('^[0-9.]+([mkMGTP]|[KMGTP]i)?$')",
                      "must be a quantity, such as 128Mi of memory or 500m of cpu")));
    }
  }

  private static ValidationRule quoting(String rule, String messageExpression) {
    var validation = new ValidationRule();
    validation.setRule(rule);
    validation.setMessageExpression(messageExpression);
    return validation;
  }

  private static ValidationRule rule(String rule, String message) {
    var validation = new ValidationRule();
    validation.setRule(rule);
    validation.setMessage(message);
    return validation;
  }

  /**
   * A record component's annotations land on its field and on its accessor: the generator reads
   * both.
   */
  private static void deduplicate(JSONSchemaProps schema) {
    if (schema.getXKubernetesValidations() == null) {
      return;
    }
    var byRule =
        schema.getXKubernetesValidations().stream()
            .collect(
                Collectors.toMap(
                    ValidationRule::getRule,
                    rule -> rule,
                    (first, same) -> first,
                    LinkedHashMap::new));
    schema.setXKubernetesValidations(List.copyOf(byRule.values()));
  }

  private static List<JsonNode> strings(String... values) {
    return Arrays.stream(values).<JsonNode>map(TextNode::valueOf).toList();
  }
}
