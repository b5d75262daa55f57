package cloud.thalassa.lb.api.console;

/**
 * A question before something goes.
 *
 * @param problem why it did not go, or empty
 */
public record Confirmation(
    String question,
    String consequence,
    String action,
    String back,
    String submit,
    String problem) {}
