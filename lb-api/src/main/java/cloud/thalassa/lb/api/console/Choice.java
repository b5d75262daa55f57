package cloud.thalassa.lb.api.console;

/** One of several values. */
public record Choice(String value, String label, boolean selected) {}
