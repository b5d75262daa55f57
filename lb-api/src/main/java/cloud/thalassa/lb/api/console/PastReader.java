package cloud.thalassa.lb.api.console;

import cloud.thalassa.lb.api.ApiConfig;
import cloud.thalassa.lb.api.history.History;
import cloud.thalassa.lb.api.history.UsageQuestion;
import cloud.thalassa.lb.api.tenant.Unavailable;
import cloud.thalassa.lb.api.translate.Events;
import cloud.thalassa.lb.api.translate.World;
import cloud.thalassa.lb.crds.LoadBalancer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/** Reads what was kept; a page is shown without it too. */
@ApplicationScoped
class PastReader {
  /** For the strips: of a hundred targets that all went and came back. */
  private static final int EVENTS = 200;

  private final History history;
  private final boolean told;

  PastReader(History history, ApiConfig config) {
    this.history = history;
    this.told = config.events().connector() != ApiConfig.Connector.NONE;
  }

  Past of(String organisation, World world, LoadBalancer balancer, Instant now) {
    try {
      var hour = UsageQuestion.parse(null, null, "minute", now);
      var events =
          history.latest(organisation, balancer, EVENTS).stream()
              .map(it -> Events.view(world, balancer, it.id(), it.at(), it.event()))
              .flatMap(Optional::stream)
              .toList();
      var usage =
          Events.usage(
              world, balancer, "", "", hour.step(), history.usage(organisation, balancer, hour));
      return events.isEmpty() && !told
          ? Past.unknown("Nothing is kept here: this installation has no broker for it.")
          : new Past(events, usage.listeners(), "");
    } catch (Unavailable e) {
      return Past.unknown("The database does not answer, so what was before is not shown.");
    }
  }
}
