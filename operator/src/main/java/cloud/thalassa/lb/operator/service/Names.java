package cloud.thalassa.lb.operator.service;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.operator.compile.Digest;
import cloud.thalassa.lb.operator.compile.Ref;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;

/** What the objects of a Service are called. */
public final class Names {
  /** So that none meets an object of the tenant by chance. */
  private static final String PREFIX = "svc-";

  /** Of a LoadBalancer. */
  private static final int MOST = 52;

  private static final int DIGITS = 8;

  private Names() {}

  public static Ref loadBalancer(Service service) {
    return new Ref(service.getMetadata().getNamespace(), base(service));
  }

  /** {@code svc-<name>}; of a long name its beginning, and digits that tell it from others. */
  static String base(Service service) {
    var name = service.getMetadata().getName();
    if (PREFIX.length() + name.length() <= MOST) {
      return PREFIX + name;
    }
    var beginning = name.substring(0, MOST - PREFIX.length() - DIGITS - 1);
    return PREFIX + beginning + "-" + Digest.hex(name, DIGITS);
  }

  static ObjectMeta metadata(Service service) {
    return new ObjectMetaBuilder()
        .withNamespace(service.getMetadata().getNamespace())
        .withName(base(service))
        .addToLabels("app.kubernetes.io/managed-by", Api.OPERATOR)
        .addToLabels(Api.SERVICE_LABEL, service.getMetadata().getName())
        .build();
  }

  static ObjectMeta metadata(Service service, PortKey port) {
    return new ObjectMetaBuilder(metadata(service))
        .withName(base(service) + "-" + port.suffix())
        .build();
  }
}
