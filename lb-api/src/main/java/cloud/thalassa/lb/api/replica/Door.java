package cloud.thalassa.lb.api.replica;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.replica.Question;

/**
 * A listener.
 *
 * @param name {@code namespace/name}
 */
record Door(String name, Protocol protocol, int port) {
  /** Who its targets are; who asks does not matter for that. */
  Question question() {
    return Question.parse("192.0.2.1:1", "192.0.2.2:" + port, protocol.name());
  }
}
