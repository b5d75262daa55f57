package cloud.thalassa.lb.crds.manifest;

/** A place in a file; both count from 1. */
public record Position(int line, int column) {}
