package cloud.thalassa.lb.crds.event;

import java.util.List;

/**
 * What a replica relayed in its last minutes, as it answers on its management port at {@link
 * #PATH}{@code ?after=MINUTE}.
 *
 * @param started milliseconds since 1970: a number that another process of the pod has not
 * @param minutes the oldest first; without those in which nothing was relayed
 */
public record UsageBook(long started, List<Event.Usage> minutes) {
  public static final String PATH = "/usage";

  public UsageBook {
    minutes = List.copyOf(minutes);
  }
}
