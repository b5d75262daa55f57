package cloud.thalassa.lb.operator.check;

/** A place in a file; both count from 1. */
public record Position(int line, int column) {}
