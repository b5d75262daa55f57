package cloud.thalassa.lb.api.rest;

/** Every answer that is no success. */
public record ErrorBody(String message) {}
