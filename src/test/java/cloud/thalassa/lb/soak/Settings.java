package cloud.thalassa.lb.soak;

/**
 * How a soak is run.
 *
 * @param seconds under load, without start and end
 * @param connections that live at any time, on average at least
 * @param flows UDP flows that live at any time
 * @param seed the same one repeats the same decisions
 */
record Settings(String engine, int seconds, int connections, int flows, long seed) {
  /** From the system properties {@code soak.*}; what a test has time for by default. */
  static Settings ofProperties(String engine) {
    return new Settings(
        engine,
        Integer.getInteger("soak.seconds", 30),
        Integer.getInteger("soak.connections", 1000),
        Integer.getInteger("soak.flows", 100),
        Long.getLong("soak.seed", System.nanoTime()));
  }

  /** Some are always on their way out or in. */
  int population() {
    return connections + connections / 10;
  }

  /** Between two things that a connection does, on average: the machine has other work as well. */
  long pauseMillis() {
    return Math.max(2000, connections * 5L / 4);
  }

  int opensPerSecond() {
    return Math.max(200, connections / 16);
  }
}
