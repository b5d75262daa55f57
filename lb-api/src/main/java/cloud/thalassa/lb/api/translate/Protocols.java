package cloud.thalassa.lb.api.translate;

import cloud.thalassa.lb.crds.Protocol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The protocols that clients name. What is HTTP is relayed as the TCP that it is. */
final class Protocols {
  private static final List<String> WORDS = List.of("tcp", "udp", "http", "https", "grpc", "quic");

  private Protocols() {}

  /** In lower case, as clients compare it. */
  static String word(@Nullable String given) {
    var word = Text.oneOf("protocol", given, WORDS);
    if (word.equals("grpc") || word.equals("quic")) {
      throw Refusal.invalid(
          "protocol", "%s is not relayed as such: use tcp or udp".formatted(word));
    }
    return word;
  }

  static Protocol kind(String word) {
    return word.equals("udp") ? Protocol.UDP : Protocol.TCP;
  }
}
