package cloud.thalassa.lb.operator.compile;

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
}
