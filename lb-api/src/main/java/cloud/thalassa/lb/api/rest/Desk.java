package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.ApiConfig;
import cloud.thalassa.lb.api.objects.ObjectStore;
import cloud.thalassa.lb.api.objects.StoreException;
import cloud.thalassa.lb.api.translate.LoadBalancers;
import cloud.thalassa.lb.api.translate.Names;
import cloud.thalassa.lb.api.translate.Notes;
import cloud.thalassa.lb.api.translate.Regions;
import cloud.thalassa.lb.api.translate.World;
import cloud.thalassa.lb.api.wire.Ref;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.SecurityGroup;
import cloud.thalassa.lb.crds.Subnet;
import cloud.thalassa.lb.crds.TargetGroup;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Where a request meets the objects: what its organisation sees, and changes of that. */
@ApplicationScoped
class Desk {
  private static final String LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz";
  private static final int SUFFIX = 5;
  private static final int TRIES = 5;

  private final SecureRandom random = new SecureRandom();
  private final ObjectStore objects;
  private final Visitor visitor;
  private final Ref region;
  private final Duration patience;

  Desk(ObjectStore objects, Visitor visitor, ApiConfig config) {
    this.objects = objects;
    this.visitor = visitor;
    this.region = Regions.named(config.region().slug(), config.region().name());
    this.patience = config.addressPatience();
  }

  /** What the caller's organisation sees now. */
  World world() {
    if (!objects.synced()) {
      throw StoreException.notYetRead();
    }
    var organisation = visitor.organisation();
    var vpcs =
        objects.all(Namespace.class).stream()
            .filter(it -> Notes.belongs(it, organisation.identity()))
            .toList();
    return new World(
        new Ref(organisation.identity(), organisation.name(), organisation.slug()),
        region,
        vpcs,
        objects.all(Subnet.class),
        new World.Objects(
            in(vpcs, LoadBalancer.class),
            in(vpcs, Listener.class),
            in(vpcs, TargetGroup.class),
            in(vpcs, SecurityGroup.class),
            objects.all(Node.class)));
  }

  private <T extends HasMetadata> List<T> in(List<Namespace> namespaces, Class<T> kind) {
    return namespaces.stream()
        .flatMap(it -> objects.in(kind, it.getMetadata().getName()).stream())
        .toList();
  }

  /** Creates it, under another name if its own is taken. */
  <T extends HasMetadata> T create(T object) {
    var name = object.getMetadata().getName();
    for (int attempt = 1; ; attempt++) {
      try {
        return objects.create(object);
      } catch (StoreException e) {
        if (e.reason() != StoreException.Cause.NAME_TAKEN || attempt == TRIES) {
          throw e;
        }
        object.getMetadata().setName(name);
        Names.change(object, suffix());
      }
    }
  }

  /**
   * Changes an object, again as long as somebody else is faster.
   *
   * @param find looks it up in the world as it is then
   * @param decision what becomes of it there; itself: nothing
   */
  <T extends HasMetadata> T change(Function<World, T> find, BiFunction<World, T, T> decision) {
    var world = new AtomicReference<>(world());
    return objects.change(
        () -> find.apply(world.updateAndGet(before -> world())),
        object -> decision.apply(world.get(), object));
  }

  /** As it is when it has an address, or when nobody waits any longer for that. */
  LoadBalancer addressed(LoadBalancer created) {
    return objects.await(created, LoadBalancers::hasAddress, patience);
  }

  void delete(HasMetadata object) {
    if (object.getMetadata().getDeletionTimestamp() == null) {
      objects.delete(object);
    }
  }

  private String suffix() {
    var suffix = new StringBuilder();
    for (int i = 0; i < SUFFIX; i++) {
      suffix.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return suffix.toString();
  }
}
