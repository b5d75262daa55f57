package cloud.thalassa.lb.api.wire;

/** As much of another object as tells which one it is. */
public record Ref(String identity, String name, String slug) {}
