package cloud.thalassa.lb.dataplane.table;

import cloud.thalassa.lb.crds.ForwardingConfigSpec;

/** A pool, and what it was made of. */
record MadePool(ForwardingConfigSpec.Pool spec, PoolInventory inventory, Pool pool) {
  /** Whether it would come out the same. Who left the pool may have lost a connection meanwhile. */
  @SuppressWarnings("ReferenceEquality") // an inventory that did not change is the same object
  boolean stands(ForwardingConfigSpec.Pool nextSpec, PoolInventory nextInventory) {
    return inventory == nextInventory && spec.equals(nextSpec) && pool.departed().isEmpty();
  }
}
