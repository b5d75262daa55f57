package cloud.thalassa.lb.kubectl.view;

import cloud.thalassa.lb.crds.ListenerSpec;
import cloud.thalassa.lb.crds.ObjectRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/** The name of an object of a kind that the context knows; written {@code namespace/name}. */
public record Named(String namespace, String name) {

  public static Named of(HasMetadata object) {
    var namespace = object.getMetadata().getNamespace();
    return new Named(namespace == null ? "" : namespace, object.getMetadata().getName());
  }

  /** What a reference means in an object of namespace {@code home}. */
  public static Named of(ObjectRef ref, String home) {
    return new Named(ref.namespace() == null ? home : ref.namespace(), ref.name());
  }

  /** Of {@code namespace/name}. */
  public static Named parse(String path) {
    int slash = path.indexOf('/');
    return new Named(path.substring(0, Math.max(0, slash)), path.substring(slash + 1));
  }

  /** The target groups of a listener, each once. */
  public static List<Named> targetGroups(ListenerSpec spec, String home) {
    return spec.shares().stream().map(share -> of(share.ref(), home)).distinct().toList();
  }

  /** As short as it can be understood in namespace {@code home}. */
  public String in(String home) {
    return namespace.equals(home) ? name : toString();
  }

  @Override
  public String toString() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }
}
