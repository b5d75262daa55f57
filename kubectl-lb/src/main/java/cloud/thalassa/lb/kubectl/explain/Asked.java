package cloud.thalassa.lb.kubectl.explain;

import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.LoadBalancerStatus.Address;
import cloud.thalassa.lb.crds.replica.Question;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection would go.
 *
 * @param balancer its name
 * @param protocol null: TCP
 */
public record Asked(String balancer, int port, @Nullable String protocol) {
  private static final Pattern FORM =
      Pattern.compile("([a-z0-9]([-a-z0-9]*[a-z0-9])?):([0-9]{1,5})(/([A-Za-z]+))?");
  private static final int LAST_PORT = 65535;

  /**
   * Reads what a user wrote.
   *
   * @param text {@code NAME:PORT} or {@code NAME:PORT/PROTOCOL}
   * @throws IllegalArgumentException with a sentence
   */
  public static Asked parse(String text) {
    var form = FORM.matcher(text);
    if (!form.matches()
        || Integer.parseInt(form.group(3)) < 1
        || Integer.parseInt(form.group(3)) > LAST_PORT) {
      throw new IllegalArgumentException(
          "--to takes the name of a load balancer with a port, as in web:443 or web:53/udp, not '%s'"
              .formatted(text));
    }
    return new Asked(form.group(1), Integer.parseInt(form.group(3)), form.group(5));
  }

  /**
   * The question for a replica, which takes whatever comes to it: any address of the load balancer
   * means the same there.
   *
   * @param from {@code address:port}
   * @param otherwise the address where the load balancer has none yet
   * @throws IllegalArgumentException with a sentence
   */
  public Question question(String from, LoadBalancer target, String otherwise) {
    var status = target.getStatus();
    var addresses = status == null ? List.<Address>of() : status.addresses();
    boolean v6 = from.startsWith("[");
    var address =
        addresses.stream()
            .map(Address::ip)
            .filter(it -> isV6(it) == v6 && literal(it))
            .findFirst()
            .orElse(otherwise);
    var place = (isV6(address) ? "[" + address + "]" : address) + ":" + port;
    return Question.parse(from, place, protocol);
  }

  private static boolean isV6(String address) {
    return address.indexOf(':') >= 0;
  }

  /** Some providers give a name in the place of an address. */
  private static boolean literal(String address) {
    return address.matches("[0-9.]+|[0-9a-fA-F:.]+");
  }
}
