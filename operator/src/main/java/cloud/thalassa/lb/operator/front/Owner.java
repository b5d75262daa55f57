package cloud.thalassa.lb.operator.front;

import cloud.thalassa.lb.operator.compile.Ref;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** For which object of a tenant's an object was made, whether or not that exists. */
public record Owner(String kind, Ref ref) {
  /** Of what we make objects for, and its group; core has none. */
  private static final Set<String> KINDS = Set.of("Service", "gateway.networking.k8s.io/Gateway");

  /** Empty: it was made for nobody. */
  public static Optional<Owner> of(HasMetadata object) {
    return reference(object)
        .map(
            owner ->
                new Owner(
                    owner.getKind(),
                    new Ref(object.getMetadata().getNamespace(), owner.getName())));
  }

  /** As an object's, who may own others. */
  public static Owner as(HasMetadata owner) {
    return new Owner(owner.getKind(), Ref.of(owner));
  }

  /** Whether an object was made for this one, and not for an earlier one of its name. */
  public static boolean is(HasMetadata owner, HasMetadata object) {
    return reference(object)
        .filter(reference -> reference.getKind().equals(owner.getKind()))
        .filter(reference -> reference.getUid().equals(owner.getMetadata().getUid()))
        .isPresent();
  }

  private static Optional<OwnerReference> reference(HasMetadata object) {
    var owners = object.getMetadata().getOwnerReferences();
    return Objects.requireNonNullElse(owners, List.<OwnerReference>of()).stream()
        .filter(owner -> Boolean.TRUE.equals(owner.getController()))
        .filter(owner -> KINDS.contains(groupKind(owner)))
        .findFirst();
  }

  private static String groupKind(OwnerReference owner) {
    int slash = owner.getApiVersion().indexOf('/');
    return slash < 0
        ? owner.getKind()
        : owner.getApiVersion().substring(0, slash) + "/" + owner.getKind();
  }

  @Override
  public String toString() {
    return kind + "/" + ref;
  }
}
