package cloud.thalassa.lb.healthchecker.assign;

/** What this checker is responsible for, and whether it may say so. */
public interface Ownership {
  /** Everything is mine, always: there is one checker. */
  Ownership ALONE =
      new Ownership() {
        @Override
        public boolean owns(String group) {
          return true;
        }

        @Override
        public boolean mayWrite(long now) {
          return true;
        }
      };

  /** Whether the target group, {@code namespace/name}, is this checker's. */
  boolean owns(String group);

  /** Whether reports may be written at that moment of the monotonic clock, in nanoseconds. */
  boolean mayWrite(long now);
}
