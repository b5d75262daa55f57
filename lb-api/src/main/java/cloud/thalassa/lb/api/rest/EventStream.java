package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.history.History;
import cloud.thalassa.lb.api.history.Pulse;
import cloud.thalassa.lb.api.objects.StoreException;
import cloud.thalassa.lb.api.tenant.Organisation;
import cloud.thalassa.lb.api.tenant.Unavailable;
import cloud.thalassa.lb.api.translate.Events;
import cloud.thalassa.lb.api.translate.Refusal;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Events of one load balancer for one client, page by page from the database: what he has not taken
 * lies there and not here.
 */
final class EventStream {
  private static final Logger log = Logger.getLogger(EventStream.class);
  private static final int PAGE = 100;

  /** Then he comes again, and shows his token. */
  private static final Duration LONGEST = Duration.ofMinutes(30);

  private final Organisation organisation;
  private final String id;
  private final Client client;
  private final History history;
  private final Pulse pulse;
  private final Worlds worlds;
  private final Duration patience;
  private final Runnable cut;
  private final long begun = System.nanoTime();
  private long last;
  private long sent = begun;

  /**
   * @param id identity or slug of the load balancer
   * @param after the event after which it begins
   * @param patience with a client that takes nothing; he hears something as often, to be seen to
   *     take it
   * @param cut is told when it had an end
   */
  EventStream(
      Organisation organisation,
      String id,
      long after,
      Client client,
      History history,
      Pulse pulse,
      Worlds worlds,
      Duration patience,
      Runnable cut) {
    this.organisation = organisation;
    this.id = id;
    this.last = after;
    this.client = client;
    this.history = history;
    this.pulse = pulse;
    this.worlds = worlds;
    this.patience = patience;
    this.cut = cut;
  }

  /** Returns when the stream has ended. */
  void follow(BooleanSupplier stopping) {
    try {
      while (!client.isGone()) {
        long known = pulse.now();
        if (stopping.getAsBoolean()) {
          client.end("this server ends: come again", patience);
          return;
        }
        if (System.nanoTime() - begun > LONGEST.toNanos()) {
          client.end("it has been open for long enough: come again", patience);
          return;
        }
        if (!page()) {
          pulse.await(known, patience);
        }
        if (System.nanoTime() - sent > patience.toNanos()) {
          comment("nothing new");
        }
      }
    } catch (Client.Lost e) {
      if (e.slow()) {
        cut.run();
      }
      end(String.valueOf(e.getMessage()));
    } catch (Refusal e) {
      end(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.error("A stream of events failed", e);
      end("the stream failed for a reason that is in the server's log");
    }
  }

  /** Whether there may be more at once. */
  private boolean page() throws Client.Lost, InterruptedException {
    try {
      var world = worlds.of(organisation);
      var balancer = world.loadBalancer(id);
      var page = history.after(organisation.identity(), balancer, last, PAGE);
      for (var stored : page) {
        var view = Events.view(world, balancer, stored.id(), stored.at(), stored.event());
        if (view.isPresent()) {
          client.send(view.get(), patience);
          sent = System.nanoTime();
        }
        last = stored.id();
      }
      return page.size() == PAGE;
    } catch (Unavailable | StoreException e) {
      return false; // it goes on when they are back
    }
  }

  private void comment(String words) throws Client.Lost, InterruptedException {
    client.comment(words, patience);
    sent = System.nanoTime();
  }

  private void end(String reason) {
    try {
      client.end(reason, patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
