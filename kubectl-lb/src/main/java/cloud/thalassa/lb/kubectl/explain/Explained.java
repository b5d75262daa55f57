package cloud.thalassa.lb.kubectl.explain;

import cloud.thalassa.lb.crds.replica.Explanation;

/**
 * What a replica said.
 *
 * @param replica the name of its pod
 */
public record Explained(String replica, Explanation explanation) {}
