package cloud.thalassa.lb.cluster.availability;

/** A dataplane pod that gets new connections. */
record Replica(String pod, String address, String node) {
  boolean samePod(Replica other) {
    return pod.equals(other.pod);
  }
}
