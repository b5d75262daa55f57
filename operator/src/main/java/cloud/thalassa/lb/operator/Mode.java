package cloud.thalassa.lb.operator;

/** Where the operator finds its objects. {@link Main} runs the one that fits the configuration. */
public interface Mode {
  boolean fits(OperatorConfig config);

  /**
   * Begins to work, and returns.
   *
   * @throws StartupException there is no point in going on
   */
  void start();

  /** Ends what {@link #start} began. */
  void stop();
}
