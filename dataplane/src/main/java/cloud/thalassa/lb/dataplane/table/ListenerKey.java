package cloud.thalassa.lb.dataplane.table;

/** Names a listener within this process; both parts are {@code namespace/name}. */
public record ListenerKey(String loadBalancer, String listener) {}
