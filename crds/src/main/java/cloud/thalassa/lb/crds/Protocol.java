package cloud.thalassa.lb.crds;

/** What a listener relays. */
public enum Protocol {
  TCP,
  UDP
}
