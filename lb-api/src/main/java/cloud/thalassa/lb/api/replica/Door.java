package cloud.thalassa.lb.api.replica;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.replica.Question;

/**
 * A listener.
 *
 * @param name {@code namespace/name}
 * @param address of its load balancer (IPv4), for those that serve several; others take any
 */
record Door(String name, Protocol protocol, int port, String address) {
  /** Who its targets are; who asks does not matter for that. */
  Question question() {
    return Question.parse("192.0.2.1:1", address + ":" + port, protocol.name());
  }
}
