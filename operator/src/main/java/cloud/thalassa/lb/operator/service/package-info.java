/** What a Service of type LoadBalancer means in our kinds, and what its owner reads of it. */
@NullMarked
package cloud.thalassa.lb.operator.service;

import org.jspecify.annotations.NullMarked;
