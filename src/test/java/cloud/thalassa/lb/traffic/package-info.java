/** A measured load from outside the cluster, and what can be said of it. */
package cloud.thalassa.lb.traffic;
