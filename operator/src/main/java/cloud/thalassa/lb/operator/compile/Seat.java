package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.operator.compile.Verdict.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that a load balancer was given.
 *
 * @param addresses of pools; empty: those that it asks for, or any
 * @param refusal why there is no address on which it could serve; null: there is
 */
public record Seat(List<String> addresses, @Nullable Problem refusal) {
  /** For where nothing is given. */
  public static final Seat ANY = new Seat(List.of(), null);

  public Seat {
    addresses = List.copyOf(addresses);
  }
}
