package cloud.thalassa.lb.crds.replica;

import static java.nio.charset.StandardCharsets.UTF_8;

import cloud.thalassa.lb.crds.Protocol;
import java.net.URLEncoder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A connection, or the first datagram of a flow, of which somebody asks what would become. */
public record Question(Place from, Place to, Protocol protocol) {
  /** On the management port of a replica, with {@link #query}; the answer: {@link Explanation}. */
  public static final String PATH = "/explain";

  /**
   * The question that these parameters of a URL ask.
   *
   * @param protocol absent: TCP
   * @throws IllegalArgumentException with a sentence that names the parameter
   */
  public static Question parse(
      @Nullable String from, @Nullable String to, @Nullable String protocol) {
    return new Question(
        Place.parse("from", from == null ? "" : from),
        Place.parse("to", to == null ? "" : to),
        protocol(protocol));
  }

  /** The parameters. */
  public String query() {
    return "from=%s&to=%s&protocol=%s"
        .formatted(
            URLEncoder.encode(from.text(), UTF_8), URLEncoder.encode(to.text(), UTF_8), protocol);
  }

  private static Protocol protocol(@Nullable String word) {
    return switch (word == null ? "TCP" : word.toUpperCase(Locale.ROOT)) {
      case "TCP" -> Protocol.TCP;
      case "UDP" -> Protocol.UDP;
      default -> throw new IllegalArgumentException("protocol: must be tcp or udp");
    };
  }
}
