package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.crds.ObjectRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;

/**
 * Names one object of a kind that the context knows. Printed and sorted as {@code namespace/name};
 * the namespace of a kind without namespaces is empty.
 */
public record Ref(String namespace, String name) implements Comparable<Ref> {
  private static final Comparator<Ref> ORDER =
      Comparator.comparing(Ref::namespace).thenComparing(Ref::name);

  public static Ref of(HasMetadata object) {
    var namespace = object.getMetadata().getNamespace();
    return new Ref(namespace == null ? "" : namespace, object.getMetadata().getName());
  }

  /** What {@code ref} means when an object of namespace {@code home} says it. */
  public static Ref of(ObjectRef ref, String home) {
    return new Ref(ref.namespace() == null ? home : ref.namespace(), ref.name());
  }

  @Override
  public int compareTo(Ref other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }
}
