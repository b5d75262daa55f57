package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.operator.compile.Ref;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The load balancers that are being reconciled. Such a reconciliation may still be about to use an
 * address of one that is gone: until it has ended, the address is not given back.
 */
final class InHand {
  private final Set<Ref> refs = ConcurrentHashMap.newKeySet();

  /** Before it is looked at whether the load balancer exists. */
  void begin(Ref loadBalancer) {
    refs.add(loadBalancer);
  }

  void end(Ref loadBalancer) {
    refs.remove(loadBalancer);
  }

  /** To be asked after it was seen that the load balancer is gone. */
  boolean holds(Ref loadBalancer) {
    return refs.contains(loadBalancer);
  }
}
