package cloud.thalassa.lb.k8s;

import cloud.thalassa.lb.e2e.kube.KubeTools;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Names of metrics: those that are documented, and those that dashboards and rules ask for. */
public final class Metrics {
  /** Ours, and those of the Operator SDK. A colon makes the name of a recorded rule. */
  private static final Pattern NAME =
      Pattern.compile(
          "\\b(thalassa_lb_\\w+|reconciliations_\\w+|custom_resources|events_received_total)\\b");

  static final List<String> DASHBOARDS =
      List.of("overview", "load-balancer", "target-group", "operator");

  private Metrics() {}

  /** In {@code docs/metrics.md}. */
  public static Set<String> documented() {
    return names(Repository.read("docs/metrics.md"));
  }

  /** By a panel of a dashboard, or a rule. */
  public static Set<String> askedFor() {
    return names(String.join("\n", Stream.concat(queries(), expressions()).toList()));
  }

  /** Of a text; of a histogram and a timer without what is added for its parts. */
  public static Set<String> names(String text) {
    var names = new TreeSet<String>();
    NAME.matcher(text)
        .results()
        .map(it -> it.group(1).replaceAll("_(bucket|sum|count|max)$", ""))
        .forEach(names::add);
    return names;
  }

  /** Of all panels, with Grafana's variables replaced. */
  static Stream<String> queries() {
    return DASHBOARDS.stream()
        .map(name -> Repository.yaml("k8s/monitoring/dashboards/" + name + ".json"))
        .flatMap(dashboard -> stream(dashboard.get("panels")))
        .flatMap(panel -> stream(panel.get("targets")))
        .map(target -> target.get("expr").asText())
        .map(query -> query.replace("$__rate_interval", "5m").replaceAll("\\$\\w+", "shop/web"));
  }

  /** Rules, alerts among them. */
  static Stream<JsonNode> rules() {
    return stream(Repository.yaml("k8s/monitoring/rules.yaml").at("/spec/groups"))
        .flatMap(group -> stream(group.get("rules")));
  }

  private static Stream<String> expressions() {
    return rules().map(rule -> rule.get("expr").asText());
  }

  static String promtool() {
    return KubeTools.REPOSITORY.resolve("bin/promtool").toString();
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
