package cloud.thalassa.lb.crds.replica;

import java.net.InetAddress;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * An address with a port.
 *
 * @param text as it was written: {@code 203.0.113.7:4431} or {@code [2001:db8::7]:4431}
 */
public record Place(String text, InetAddress address, int port) {
  private static final Pattern FORM =
      Pattern.compile("(?:\\[(?<v6>[0-9a-fA-F:.]{2,45})]|(?<v4>[0-9.]{7,15})):(?<port>[0-9]{1,5})");

  /** The JDK also reads 10.1 and 010.0.0.1, of which nobody knows what they mean. */
  private static final Pattern V4 =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

  /**
   * @param field of the question, for the sentence
   * @throws IllegalArgumentException with a sentence
   */
  static Place parse(String field, String text) {
    var form = FORM.matcher(text);
    if (form.matches()) {
      var v4 = form.group("v4");
      int port = Integer.parseInt(form.group("port"));
      if ((v4 == null || V4.matcher(v4).matches()) && port >= 1 && port <= 65535) {
        try {
          var literal = v4 == null ? Objects.requireNonNull(form.group("v6")) : v4;
          return new Place(text, InetAddress.ofLiteral(literal), port);
        } catch (IllegalArgumentException notAnAddress) {
          // the sentence below is clearer
        }
      }
    }
    throw new IllegalArgumentException(
        field + ": must be an address and a port, as in 203.0.113.7:4431 or [2001:db8::7]:4431");
  }
}
