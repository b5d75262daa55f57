package cloud.thalassa.lb.kubectl.events;

import cloud.thalassa.lb.kubectl.text.Ago;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Event;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An Event in words.
 *
 * @param time of the last time that it happened, RFC 3339
 * @param count how often it happened
 * @param object {@code Kind name}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Happening(
    String time,
    String type,
    String reason,
    String namespace,
    String object,
    int count,
    @Nullable String source,
    String message) {
  private static final String NEVER = Instant.EPOCH.toString();

  public static final Comparator<Happening> BY_TIME =
      Comparator.comparing(
              (Happening it) -> Objects.requireNonNullElse(Ago.instant(it.time), Instant.EPOCH))
          .thenComparing(Happening::object)
          .thenComparing(Happening::reason);

  public static Happening of(Event event) {
    var about = event.getInvolvedObject();
    var series = event.getSeries();
    return new Happening(
        time(event),
        orDash(event.getType()),
        orDash(event.getReason()),
        orDash(event.getMetadata().getNamespace()),
        orDash(about.getKind()) + " " + orDash(about.getName()),
        series != null && series.getCount() != null
            ? series.getCount()
            : event.getCount() == null ? 1 : event.getCount(),
        source(event),
        orDash(event.getMessage()).strip());
  }

  private static String time(Event event) {
    var series = event.getSeries();
    return Stream.of(
            series == null || series.getLastObservedTime() == null
                ? null
                : series.getLastObservedTime().getTime(),
            event.getLastTimestamp(),
            event.getEventTime() == null ? null : event.getEventTime().getTime(),
            event.getFirstTimestamp(),
            event.getMetadata().getCreationTimestamp())
        .filter(it -> Ago.instant(it) != null)
        .findFirst()
        .orElse(NEVER);
  }

  private static @Nullable String source(Event event) {
    var reporter = event.getReportingComponent();
    if (reporter != null && !reporter.isEmpty()) {
      return reporter;
    }
    return event.getSource() == null ? null : event.getSource().getComponent();
  }

  private static String orDash(@Nullable String text) {
    return text == null ? "-" : text;
  }
}
