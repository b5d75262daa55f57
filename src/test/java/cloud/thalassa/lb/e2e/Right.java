package cloud.thalassa.lb.e2e;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.util.List;
import java.util.stream.Stream;

/**
 * One thing that one of our programs may do.
 *
 * @param name of the one object that it may do it to; empty: to any
 */
record Right(String component, String verb, String group, String resource, String name)
    implements Comparable<Right> {

  static Stream<Right> of(String component, PolicyRule rule) {
    var names = rule.getResourceNames().isEmpty() ? List.of("") : rule.getResourceNames();
    return rule.getApiGroups().stream()
        .flatMap(
            group ->
                rule.getResources().stream()
                    .flatMap(
                        resource ->
                            rule.getVerbs().stream()
                                .flatMap(
                                    verb ->
                                        names.stream()
                                            .map(
                                                name ->
                                                    new Right(
                                                        component, verb, group, resource, name)))));
  }

  /** Whether whoever has this right may do the other thing by it. */
  boolean covers(Right use) {
    return name.isEmpty()
        ? new Right(component, verb, group, resource, use.name).equals(use)
        : equals(use);
  }

  @Override
  public int compareTo(Right other) {
    return toString().compareTo(other.toString());
  }

  /** As in a sentence: {@code operator: patch deployments.apps}. */
  @Override
  public String toString() {
    var kind = group.isEmpty() ? resource : resource + "." + group;
    return "%s: %s %s%s".formatted(component, verb, kind, name.isEmpty() ? "" : " " + name);
  }
}
