package cloud.thalassa.lb.healthchecker.lease;

import cloud.thalassa.lb.healthchecker.assign.Heartbeat;
import java.util.List;

/**
 * The checkers' Leases. Calls block, for at most about a second each; a failure is an exception.
 */
public interface Leases {
  /** Renews the own Lease, and creates it if it is not there. */
  void renew();

  /** All checkers' Leases, the own one included. Never from a cache. */
  List<Heartbeat> list();

  /** Deletes a Lease; one that is gone already is no failure. */
  void release(String member);
}
