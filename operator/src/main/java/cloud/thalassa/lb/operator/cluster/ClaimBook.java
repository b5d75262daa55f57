package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.address.IpAddress;
import cloud.thalassa.lb.operator.allocate.Allocation.Outcome;
import cloud.thalassa.lb.operator.allocate.Claims;
import cloud.thalassa.lb.operator.apply.ClaimWriter;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.observe.AddressInventory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The claims as they are, those included that were just written and that the cache does not show
 * yet. Without them the next round would give a load balancer a second address.
 */
final class ClaimBook {
  private final AddressInventory seen;
  private final ClaimWriter writer;
  private final ConcurrentHashMap<String, AddressClaim> unseen = new ConcurrentHashMap<>();

  ClaimBook(AddressInventory seen, ClaimWriter writer) {
    this.seen = seen;
    this.writer = writer;
  }

  /** Returns false when somebody else was faster with one of them: another round is needed. */
  boolean write(Outcome outcome) {
    var settled = true;
    for (var claim : outcome.adopt()) {
      settled &= written(writer.adopt(claim), claim);
    }
    for (var claim : outcome.create()) {
      settled &= written(writer.create(claim), claim);
    }
    return settled;
  }

  List<AddressClaim> claimsOf(LoadBalancer lb) {
    var ref = Ref.of(lb);
    var claims = new HashMap<String, AddressClaim>();
    seen.claimsOf(ref).forEach(claim -> claims.put(claim.getMetadata().getName(), claim));
    notYetSeen().stream()
        .filter(claim -> Claims.holder(claim).filter(ref::equals).isPresent())
        .forEach(claim -> claims.put(claim.getMetadata().getName(), claim));
    return new ArrayList<>(claims.values());
  }

  Collection<AddressClaim> claims() {
    var claims = new HashMap<String, AddressClaim>();
    seen.claims().forEach(claim -> claims.put(claim.getMetadata().getName(), claim));
    notYetSeen().forEach(claim -> claims.put(claim.getMetadata().getName(), claim));
    return claims.values();
  }

  @Nullable AddressClaim claimOn(IpAddress address) {
    var name = Claims.name(address);
    var mine = unseen.get(name);
    var cached = seen.claim(name);
    return mine == null ? cached : writer.newest(mine, cached);
  }

  private boolean written(boolean done, AddressClaim claim) {
    if (done) {
      unseen.put(claim.getMetadata().getName(), claim);
    }
    return done;
  }

  private List<AddressClaim> notYetSeen() {
    var claims = new ArrayList<AddressClaim>();
    for (var mine : unseen.values()) {
      var name = mine.getMetadata().getName();
      var cached = seen.claim(name);
      var newest = writer.newest(mine, cached);
      if (newest == null || newest.equals(cached)) {
        unseen.remove(name, mine);
      } else {
        claims.add(newest);
      }
    }
    return claims;
  }
}
