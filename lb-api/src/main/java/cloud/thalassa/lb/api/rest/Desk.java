package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.ApiConfig;
import cloud.thalassa.lb.api.objects.ObjectStore;
import cloud.thalassa.lb.api.objects.StoreException;
import cloud.thalassa.lb.api.translate.Etags;
import cloud.thalassa.lb.api.translate.LoadBalancers;
import cloud.thalassa.lb.api.translate.Names;
import cloud.thalassa.lb.api.translate.Quota;
import cloud.thalassa.lb.api.translate.ReservedIps;
import cloud.thalassa.lb.api.translate.World;
import cloud.thalassa.lb.api.wire.ReservedIpRequest;
import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.LoadBalancer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** Where a request meets the objects: what its organisation sees, and changes of that. */
@ApplicationScoped
public class Desk {
  private static final String LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz";
  private static final int SUFFIX = 5;
  private static final int TRIES = 5;

  private final SecureRandom random = new SecureRandom();
  private final ObjectStore objects;
  private final Worlds worlds;
  private final Visitor visitor;
  private final Duration patience;
  private final Limits limits;
  private final Map<String, Lock> creating = new ConcurrentHashMap<>();

  Desk(ObjectStore objects, Worlds worlds, Visitor visitor, Limits limits, ApiConfig config) {
    this.objects = objects;
    this.worlds = worlds;
    this.visitor = visitor;
    this.patience = config.addressPatience();
    this.limits = limits;
  }

  /** What the caller's organisation sees now. */
  public World world() {
    return worlds.of(visitor.organisation());
  }

  /** Creates it, under another name if its own is taken. */
  <T extends HasMetadata> T create(T object) {
    var name = object.getMetadata().getName();
    return untilNameIsFree(
        TRIES,
        attempt -> {
          if (attempt > 1) {
            object.getMetadata().setName(name);
            Names.change(object, suffix());
          }
          return object;
        });
  }

  /** Reserves an address, another one if somebody was faster. */
  AddressClaim reserve(ReservedIpRequest request) {
    var taken = new HashSet<String>();
    objects.all(AddressClaim.class).forEach(it -> taken.add(it.getMetadata().getName()));
    return untilNameIsFree(
        ObjectStore.TRIES,
        attempt -> {
          var claim = ReservedIps.create(world(), request, taken);
          taken.add(claim.getMetadata().getName());
          return claim;
        });
  }

  private <T extends HasMetadata> T untilNameIsFree(int tries, IntFunction<T> next) {
    for (int attempt = 1; ; attempt++) {
      try {
        return counted(next.apply(attempt));
      } catch (StoreException e) {
        if (e.reason() != StoreException.Cause.NAME_TAKEN || attempt == tries) {
          throw e;
        }
      }
    }
  }

  /** What counts for a quota is created by one request of an organisation after the other. */
  private <T extends HasMetadata> T counted(T object) {
    var quota = Quota.of(object);
    if (quota.isEmpty()) {
      return objects.create(object);
    }
    var organisation = visitor.organisation();
    var lock = creating.computeIfAbsent(organisation.identity(), it -> new ReentrantLock());
    lock.lock();
    try {
      quota.get().check(world(), limits.of(quota.get(), organisation));
      return objects.create(object);
    } finally {
      lock.unlock();
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
        object -> {
          Etags.check(object, visitor.condition());
          return decision.apply(world.get(), object);
        });
  }

  /** As it is when it has an address, or when nobody waits any longer for that. */
  LoadBalancer addressed(LoadBalancer created) {
    return objects.await(created, LoadBalancers::hasAddress, patience);
  }

  /** Deletes an object, and then what would mean nothing without it. */
  void delete(HasMetadata object, List<? extends HasMetadata> parts) {
    Etags.check(object, visitor.condition());
    Stream.concat(Stream.of(object), parts.stream())
        .filter(it -> it.getMetadata().getDeletionTimestamp() == null)
        .forEach(objects::delete);
  }

  void delete(HasMetadata object) {
    delete(object, List.of());
  }

  private String suffix() {
    var suffix = new StringBuilder();
    for (int i = 0; i < SUFFIX; i++) {
      suffix.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return suffix.toString();
  }
}
