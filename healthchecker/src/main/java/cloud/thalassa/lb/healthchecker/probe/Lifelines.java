package cloud.thalassa.lb.healthchecker.probe;

import cloud.thalassa.lb.healthchecker.judge.Pulse;

/** Holds connections to replicas. */
public interface Lifelines {
  /** Told on a thread of the lifelines', which must not be blocked. */
  interface Listener {
    /**
     * The verdict is another one.
     *
     * @param since {@link System#nanoTime} of the last sign of life
     */
    void changed(Pulse pulse, long since);

    /** It lives, as asked for. */
    void confirmed();
  }

  /** One held connection, made and made again until it is closed. */
  interface Held {
    /** Asks at once, and has the listener told when it lives. */
    void confirm();

    /** After this the listener hears nothing more. */
    void close();
  }

  /**
   * Begins to hold a connection.
   *
   * @param address an IP address
   */
  Held hold(String address, int port, Listener listener);
}
