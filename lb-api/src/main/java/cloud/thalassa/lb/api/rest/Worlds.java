package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.ApiConfig;
import cloud.thalassa.lb.api.objects.ObjectStore;
import cloud.thalassa.lb.api.objects.StoreException;
import cloud.thalassa.lb.api.tenant.Organisation;
import cloud.thalassa.lb.api.translate.Notes;
import cloud.thalassa.lb.api.translate.Regions;
import cloud.thalassa.lb.api.translate.World;
import cloud.thalassa.lb.api.wire.Ref;
import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.SecurityGroup;
import cloud.thalassa.lb.crds.Subnet;
import cloud.thalassa.lb.crds.TargetGroup;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What organisations see: put together once for as many requests as come before the next change.
 */
@ApplicationScoped
class Worlds {
  private static final int MOST = 1000;

  private final Map<String, Kept> kept = new ConcurrentHashMap<>();
  private final ObjectStore objects;
  private final Ref region;

  Worlds(ObjectStore objects, ApiConfig config) {
    this.objects = objects;
    this.region = Regions.named(config.region().slug(), config.region().name());
  }

  /**
   * @param changes what the store had seen before this was read
   */
  private record Kept(long changes, Organisation organisation, World world) {
    boolean isOf(long now, Organisation of) {
      return changes == now && organisation.equals(of);
    }
  }

  /** What the organisation sees now. */
  World of(Organisation organisation) {
    if (!objects.synced()) {
      throw StoreException.notYetRead();
    }
    if (kept.size() >= MOST) {
      kept.clear();
    }
    return kept.compute(organisation.identity(), (it, known) -> current(known, organisation)).world;
  }

  private Kept current(@Nullable Kept known, Organisation organisation) {
    long changes = objects.changes();
    return known != null && known.isOf(changes, organisation)
        ? known
        : new Kept(changes, organisation, read(organisation, known == null ? null : known.world));
  }

  private World read(Organisation organisation, @Nullable World before) {
    var vpcs =
        objects.all(Namespace.class).stream()
            .filter(it -> Notes.belongs(it, organisation.identity()))
            .toList();
    var ref = new Ref(organisation.identity(), organisation.name(), organisation.slug());
    var subnets = objects.all(Subnet.class);
    var seen =
        new World.Objects(
            in(vpcs, LoadBalancer.class),
            in(vpcs, Listener.class),
            in(vpcs, TargetGroup.class),
            in(vpcs, SecurityGroup.class),
            objects.all(AddressClaim.class).stream()
                .filter(it -> it.getSpec().reservedFor() != null)
                .filter(it -> Notes.belongs(it, organisation.identity()))
                .toList(),
            objects.all(Node.class));
    return before == null
        ? new World(ref, region, vpcs, subnets, seen)
        : before.next(ref, region, vpcs, subnets, seen);
  }

  private <T extends HasMetadata> List<T> in(List<Namespace> namespaces, Class<T> kind) {
    return namespaces.stream()
        .flatMap(it -> objects.in(kind, it.getMetadata().getName()).stream())
        .toList();
  }
}
