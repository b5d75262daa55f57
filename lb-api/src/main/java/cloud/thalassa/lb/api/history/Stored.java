package cloud.thalassa.lb.api.history;

import cloud.thalassa.lb.crds.event.Event;

/**
 * An event, as it was kept.
 *
 * @param id grows with time
 * @param at RFC 3339
 */
public record Stored(long id, String at, Event event) {}
