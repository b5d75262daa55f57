package cloud.thalassa.lb.api.translate;

import cloud.thalassa.lb.api.wire.Head;
import cloud.thalassa.lb.api.wire.Ref;
import cloud.thalassa.lb.api.wire.RegionView;
import io.fabric8.kubernetes.api.model.Node;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The one region, which is the cluster, and the zones of its nodes. */
public final class Regions {
  private static final String ZONE_LABEL = "topology.kubernetes.io/zone";

  private Regions() {}

  /** The region of that name. */
  public static Ref named(String slug, String name) {
    return new Ref(Identity.derived("region", slug), name, slug);
  }

  public static RegionView view(Ref region, List<Node> nodes) {
    var zones =
        nodes.stream()
            .map(Regions::zone)
            .filter(Objects::nonNull)
            .distinct()
            .sorted()
            .map(zone -> zone(region, zone))
            .toList();
    return new RegionView(head(region), zones);
  }

  private static @org.jspecify.annotations.Nullable String zone(Node node) {
    var labels = node.getMetadata().getLabels();
    return labels == null ? null : labels.get(ZONE_LABEL);
  }

  private static RegionView.Zone zone(Ref region, String zone) {
    var ref = new Ref(Identity.derived("zone", region.slug() + "/" + zone), zone, zone);
    return new RegionView.Zone(head(ref), region.identity(), region);
  }

  /** Whether a client may mean this region. */
  public static boolean is(Ref region, String identityOrSlugOrName) {
    return List.of(region.identity(), region.slug(), region.name()).contains(identityOrSlugOrName);
  }

  private static Head head(Ref ref) {
    return new Head(
        ref.identity(), ref.name(), ref.slug(), "", null, null, null, Map.of(), Map.of());
  }
}
