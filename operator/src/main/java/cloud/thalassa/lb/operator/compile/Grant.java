package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.crds.Api;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Gateway API ReferenceGrant: objects of the kinds and namespaces in {@code from} may refer to
 * the objects in {@code to}, which lie in the grant's own {@code namespace}.
 */
public record Grant(String namespace, List<From> from, List<To> to) {
  public Grant {
    from = List.copyOf(from);
    to = List.copyOf(to);
  }

  public record From(String group, String kind, String namespace) {}

  /** Without a name: every object of the kind. */
  public record To(String group, String kind, @Nullable String name) {}

  public static Grant of(ReferenceGrant grant) {
    return new Grant(
        grant.getMetadata().getNamespace(),
        grant.getSpec().getFrom().stream()
            .map(from -> new From(from.getGroup(), from.getKind(), from.getNamespace()))
            .toList(),
        grant.getSpec().getTo().stream()
            .map(to -> new To(to.getGroup(), to.getKind(), to.getName()))
            .toList());
  }

  public static Grant of(io.fabric8.kubernetes.api.model.gatewayapi.v1.ReferenceGrant grant) {
    return new Grant(
        grant.getMetadata().getNamespace(),
        grant.getSpec().getFrom().stream()
            .map(from -> new From(from.getGroup(), from.getKind(), from.getNamespace()))
            .toList(),
        grant.getSpec().getTo().stream()
            .map(to -> new To(to.getGroup(), to.getKind(), to.getName()))
            .toList());
  }

  /** Whether this grant lets Listeners of {@code home} refer to that object of our group. */
  boolean permits(String home, String kind, Ref target) {
    return permits(new From(Api.GROUP, "Listener", home), Api.GROUP, kind, target);
  }

  /** Whether this grant lets {@code who} refer to that object. */
  public boolean permits(From who, String group, String kind, Ref target) {
    return namespace.equals(target.namespace())
        && from.contains(who)
        && to.stream()
            .anyMatch(
                t ->
                    group.equals(t.group())
                        && kind.equals(t.kind())
                        && (t.name() == null
                            || t.name().isEmpty()
                            || t.name().equals(target.name())));
  }
}
