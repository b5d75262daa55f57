package cloud.thalassa.lb.api.translate;

import cloud.thalassa.lb.api.wire.Head;
import cloud.thalassa.lb.api.wire.Ref;
import cloud.thalassa.lb.api.wire.VpcRef;
import cloud.thalassa.lb.api.wire.VpcRequest;
import cloud.thalassa.lb.api.wire.VpcView;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A VPC is a namespace that belongs to the organisation. Labels of namespaces give rights: those of
 * clients are therefore noted beside them, and never become labels of the namespace.
 */
public final class Vpcs {
  private static final int LONGEST_NAME = 50;
  private static final int MOST_CIDRS = 16;
  private static final String POD_SECURITY = "pod-security.kubernetes.io/enforce";

  private Vpcs() {}

  private record Noted(
      Map<String, String> labels, Map<String, String> annotations, List<String> cidrs) {
    static final Noted NOTHING = new Noted(Map.of(), Map.of(), List.of());

    static Noted of(Namespace vpc) {
      var text = Heads.annotation(vpc, Notes.LITERAL, "");
      return Json.read(text.isEmpty() ? null : text, Noted.class).orElse(NOTHING);
    }

    Noted(
        @Nullable Map<String, String> labels,
        @Nullable Map<String, String> annotations,
        @Nullable List<String> cidrs) {
      this.labels = labels == null ? Map.of() : labels;
      this.annotations = annotations == null ? Map.of() : annotations;
      this.cidrs = cidrs == null ? List.of() : cidrs;
    }
  }

  /** Clients see the labels that they wrote, not those of the namespace. */
  public static Head head(Namespace vpc) {
    var noted = Noted.of(vpc);
    var head = Heads.of(vpc);
    return new Head(
        head.identity(),
        head.name(),
        vpc.getMetadata().getName(),
        head.description(),
        head.createdAt(),
        head.updatedAt(),
        head.objectVersion(),
        noted.labels,
        noted.annotations);
  }

  static VpcRef ref(World world, Namespace vpc) {
    return new VpcRef(
        Identity.of(vpc), Heads.name(vpc), vpc.getMetadata().getName(), world.region());
  }

  static Ref shallow(Namespace vpc) {
    return new Ref(Identity.of(vpc), Heads.name(vpc), vpc.getMetadata().getName());
  }

  public static VpcView view(World world, Namespace vpc) {
    return new VpcView(
        head(vpc),
        vpc.getMetadata().getDeletionTimestamp() == null ? "ready" : "deleting",
        Noted.of(vpc).cidrs,
        world.organisation(),
        world.region(),
        world.seats(vpc).stream().map(seat -> Subnets.view(world, seat)).toList());
  }

  public static Namespace create(World world, VpcRequest request) {
    var region = Text.required("cloudRegionIdentity", request.cloudRegionIdentity());
    if (!Regions.is(world.region(), region)) {
      throw Refusal.unknown("cloudRegionIdentity", "region", region);
    }
    var name = Names.label(Text.required("name", request.name()), LONGEST_NAME);
    var vpc =
        new NamespaceBuilder()
            .withNewMetadata()
            .withName(name)
            .addToLabels(Notes.ORGANISATION, world.organisation().identity())
            .addToLabels(POD_SECURITY, "restricted")
            .addToAnnotations(Notes.MADE_HERE, "true")
            .endMetadata()
            .build();
    return written(vpc, request);
  }

  public static Namespace update(Namespace vpc, VpcRequest request) {
    Heads.checkVersion(vpc, request);
    return written(vpc, request);
  }

  private static Namespace written(Namespace vpc, VpcRequest request) {
    var cidrs = request.vpcCidrs() == null ? List.<String>of() : request.vpcCidrs();
    if (cidrs.size() > MOST_CIDRS) {
      throw Refusal.invalid("vpcCidrs", "at most %d are allowed".formatted(MOST_CIDRS));
    }
    for (int i = 0; i < cidrs.size(); i++) {
      Networks.network("vpcCidrs[" + i + "]", cidrs.get(i));
    }
    var noted =
        new Noted(Labels.noted(request.labels()), Labels.annotations(request.annotations()), cidrs);
    var name = Text.bounded("name", Text.required("name", request.name()), 253);
    var metadata = Heads.copy(vpc.getMetadata());
    var annotations = new TreeMap<>(metadata.getAnnotations());
    Heads.note(annotations, Notes.NAME, name.equals(metadata.getName()) ? "" : name);
    Heads.note(
        annotations, Notes.DESCRIPTION, Text.bounded("description", request.description(), 4096));
    annotations.put(Notes.LITERAL, Json.text(noted));
    metadata.setAnnotations(annotations);
    return new NamespaceBuilder(vpc).withMetadata(metadata).build();
  }

  /** Refuses to delete what is in use, or was not made through lb-api. */
  public static void checkDeletion(World world, Namespace vpc) {
    if (Heads.annotation(vpc, Notes.MADE_HERE, "").isEmpty()) {
      throw Refusal.conflict(
          "VPC %s is a namespace that the platform's administrators made: they delete it"
              .formatted(Identity.of(vpc)));
    }
    var name = vpc.getMetadata().getName();
    long inUse =
        java.util.stream.Stream.of(
                world.loadBalancers(), world.targetGroups(), world.securityGroups())
            .flatMap(List::stream)
            .filter(it -> it.getMetadata().getNamespace().equals(name))
            .count();
    if (inUse > 0) {
      throw Refusal.conflict(
          "VPC %s still holds %d load balancers, target groups and security groups: delete them first"
              .formatted(Identity.of(vpc), inUse));
    }
  }
}
