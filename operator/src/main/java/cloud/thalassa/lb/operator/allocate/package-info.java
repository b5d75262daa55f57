/**
 * Pure: which Subnet a load balancer is on, and which address of it is whose. What is decided here
 * is recorded as AddressClaims before anything uses it.
 */
@NullMarked
package cloud.thalassa.lb.operator.allocate;

import org.jspecify.annotations.NullMarked;
