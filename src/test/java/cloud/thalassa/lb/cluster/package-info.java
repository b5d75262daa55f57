/**
 * A real cluster, with kubelets: what the tests of {@code make e2e} run on ({@code docs/e2e.md}).
 * {@link cloud.thalassa.lb.cluster.Cluster} is where to begin.
 */
package cloud.thalassa.lb.cluster;
