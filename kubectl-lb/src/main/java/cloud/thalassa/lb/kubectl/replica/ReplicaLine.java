package cloud.thalassa.lb.kubectl.replica;

/** Asks one replica on its management port, as often as is wanted. */
public interface ReplicaLine extends AutoCloseable {
  /**
   * The body of what it answers with status 200.
   *
   * @param path with its query
   * @throws Silence it does not
   */
  String get(String path) throws Silence;

  @Override
  void close();
}
