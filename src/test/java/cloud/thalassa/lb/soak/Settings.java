package cloud.thalassa.lb.soak;

/**
 * How a soak is run.
 *
 * @param seconds under load, without start and end
 * @param connections that live on average at least; {@link #fewest} at any time
 * @param flows UDP flows that live at any time
 * @param seed of all decisions; when they meet what is not repeated by it
 */
record Settings(String engine, int seconds, int connections, int flows, long seed) {
  /** From the system properties {@code soak.*}; what a test has time for by default. */
  static Settings ofProperties(String engine) {
    return new Settings(
        engine,
        Integer.getInteger("soak.seconds", 45),
        Integer.getInteger("soak.connections", 500),
        Integer.getInteger("soak.flows", 60),
        Long.getLong("soak.seed", System.nanoTime()));
  }

  /** That may live at a time, after the start: a target of much weight takes many along. */
  int fewest() {
    return connections * 8 / 10;
  }

  /** Less says nothing about memory: the program is still warming up. */
  boolean judgesMemory() {
    return seconds >= 60;
  }

  /** Some are always on their way out or in. */
  int population() {
    return connections + connections / 8;
  }

  /** Between two things that a connection does, on average: the machine has other work as well. */
  long pauseMillis() {
    return Math.max(2000, connections * 5L / 4);
  }

  int opensPerSecond() {
    return Math.max(300, connections / 8);
  }
}
