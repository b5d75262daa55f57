package cloud.thalassa.lb.operator.front;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.operator.compile.Digest;
import cloud.thalassa.lb.operator.compile.Ref;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;

/**
 * What the objects are called that are made for an object of a tenant's.
 *
 * @param prefix so that none meets an object of the tenant by chance
 * @param label holds the name of the tenant's object
 */
public record Names(HasMetadata owner, String prefix, String label) {
  /** Of a LoadBalancer. */
  private static final int MOST = 52;

  /** Of the value of a label, and of a TargetGroup. */
  private static final int MOST_OF_A_LABEL = 63;

  private static final int DIGITS = 8;

  /** Of a Service or Gateway. */
  public static Names of(HasMetadata owner) {
    return switch (owner.getKind()) {
      case "Service" -> new Names(owner, "svc-", Api.SERVICE_LABEL);
      case "Gateway" -> new Names(owner, "gw-", Api.GATEWAY_LABEL);
      default -> throw new IllegalArgumentException("nothing is made for a " + owner.getKind());
    };
  }

  public Ref loadBalancer() {
    return new Ref(owner.getMetadata().getNamespace(), base());
  }

  /** {@code svc-<name>}; of a long name its beginning, and digits that tell it from others. */
  public String base() {
    return prefix + shortened(owner.getMetadata().getName(), MOST - prefix.length());
  }

  public ObjectMeta metadata() {
    var name = owner.getMetadata().getName();
    return new ObjectMetaBuilder()
        .withNamespace(owner.getMetadata().getNamespace())
        .withName(base())
        .addToLabels("app.kubernetes.io/managed-by", Api.OPERATOR)
        .addToLabels(label, shortened(name, MOST_OF_A_LABEL))
        .build();
  }

  public ObjectMeta metadata(PortKey port) {
    return new ObjectMetaBuilder(metadata()).withName(base() + "-" + port.suffix()).build();
  }

  /** What is longer loses its end to digits of all of it. */
  public static String shortened(String name, int most) {
    return name.length() <= most
        ? name
        : name.substring(0, most - DIGITS - 1) + "-" + Digest.hex(name, DIGITS);
  }
}
