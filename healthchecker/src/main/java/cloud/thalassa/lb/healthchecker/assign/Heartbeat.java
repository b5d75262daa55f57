package cloud.thalassa.lb.healthchecker.assign;

/**
 * A checker's Lease as listed. {@code beat} differs after every renewal; its meaning is nobody's
 * business.
 */
public record Heartbeat(String member, String beat) {}
