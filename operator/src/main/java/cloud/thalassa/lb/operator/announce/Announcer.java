package cloud.thalassa.lb.operator.announce;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.operator.announce.Ledger.Decision;
import cloud.thalassa.lb.operator.announce.Ledger.Happening;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Writes Events about users' objects, and has the narrator told. An Event that cannot be written is
 * lost: the conditions say the same.
 */
public final class Announcer {
  private static final Logger log = Logger.getLogger(Announcer.class);
  private static final int LONGEST_NOTE = 1024;

  /** Of a name, which a time follows: names may have 253 characters. */
  private static final int LONGEST_PREFIX = 230;

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final KubernetesClient client;
  private final String instance;
  private final InstantSource clock;
  private final Narrator narrator;
  private final Ledger ledger = new Ledger();

  public Announcer(
      KubernetesClient client, String instance, InstantSource clock, Narrator narrator) {
    this.client = client;
    this.instance = instance;
    this.clock = clock;
    this.narrator = narrator;
  }

  /** Announces what changed between two states of an object's conditions. */
  public void changed(HasMetadata object, List<Condition> before, List<Condition> after) {
    narrator.changed(object, before, after);
    Transition.between(before, after).forEach(transition -> announce(object, transition));
  }

  /** Announces that the cluster refuses what we want to write for an object, in its own words. */
  public void refused(HasMetadata object, String reason, String message) {
    announce(object, new Transition(true, "Apply", reason, message));
  }

  /** Announces that a replica died and that the others have taken over. */
  public void failedOver(LoadBalancer object, String cause, Instant since) {
    narrator.failedOver(object, cause, since);
    announce(
        object,
        new Transition(
            true, "Rotation", "ReplicaFailed", cause + " It gets no new connections any more."));
  }

  private void announce(HasMetadata object, Transition transition) {
    var now = clock.instant();
    var note = shortened(transition.message(), LONGEST_NOTE);
    var name =
        shortened(object.getMetadata().getName(), LONGEST_PREFIX)
            + "."
            + Long.toHexString(nanos(now));
    try {
      switch (decide(object, transition, note, name, now)) {
        case Decision.Create() ->
            client.resource(event(object, transition, note, name, now)).create();
        case Decision.Repeat(var known, var count) -> repeat(object, known, count, now);
        case Decision.Drop() -> log.debugf("Not announced, too many: %s %s", name, note);
      }
    } catch (KubernetesClientException e) {
      log.debugf(e, "An Event about %s was lost", name);
    }
  }

  private synchronized Decision decide(
      HasMetadata object, Transition transition, String note, String name, Instant now) {
    var uid = object.getMetadata().getUid();
    return ledger.decide(new Happening(uid, transition.reason(), note), name, now);
  }

  private Event event(
      HasMetadata object, Transition transition, String note, String name, Instant now) {
    var metadata = object.getMetadata();
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(home(object))
        .withName(name)
        .endMetadata()
        .withEventTime(new MicroTime(MICROS.format(now)))
        .withType(transition.bad() ? "Warning" : "Normal")
        .withReason(transition.reason())
        .withAction("Set" + transition.condition())
        .withNote(note)
        .withReportingController(Api.OPERATOR)
        .withReportingInstance(instance)
        .withNewRegarding()
        .withApiVersion(object.getApiVersion())
        .withKind(object.getKind())
        .withNamespace(metadata.getNamespace())
        .withName(metadata.getName())
        .withUid(metadata.getUid())
        .endRegarding()
        .build();
  }

  /** As an object: for a patch of text the client would get the Event first, which we may not. */
  private void repeat(HasMetadata object, String name, int count, Instant now) {
    var repeated =
        new EventBuilder()
            .withNewMetadata()
            .withNamespace(home(object))
            .withName(name)
            .endMetadata()
            .withNewSeries()
            .withCount(count)
            .withLastObservedTime(new MicroTime(MICROS.format(now)))
            .endSeries()
            .build();
    client.resource(repeated).patch(PatchContext.of(PatchType.JSON_MERGE));
  }

  /** Events about objects without a namespace lie where Kubernetes wants them. */
  private static String home(HasMetadata object) {
    var namespace = object.getMetadata().getNamespace();
    return namespace == null ? "default" : namespace;
  }

  private static long nanos(Instant now) {
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  private static String shortened(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
  }
}
