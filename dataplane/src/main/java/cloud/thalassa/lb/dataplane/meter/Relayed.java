package cloud.thalassa.lb.dataplane.meter;

/**
 * What went through a listener.
 *
 * @param connections that were begun, and flows
 */
public record Relayed(long connections, long bytesToTarget, long bytesToClient) {
  public static final Relayed NOTHING = new Relayed(0, 0, 0);

  public Relayed plus(Relayed more) {
    return new Relayed(
        connections + more.connections,
        bytesToTarget + more.bytesToTarget,
        bytesToClient + more.bytesToClient);
  }

  /**
   * Since then. A connection that is refused after it was let in is taken back, so that for a
   * moment there may seem to be less.
   */
  public Relayed since(Relayed before) {
    return new Relayed(
        Math.max(0, connections - before.connections),
        Math.max(0, bytesToTarget - before.bytesToTarget),
        Math.max(0, bytesToClient - before.bytesToClient));
  }
}
