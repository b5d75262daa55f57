package cloud.thalassa.lb.api.wire;

/** An object as clients read it. */
public interface Headed {
  Head head();
}
