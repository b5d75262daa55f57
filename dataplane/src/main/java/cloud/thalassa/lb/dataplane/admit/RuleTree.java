package cloud.thalassa.lb.dataplane.admit;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.dataplane.admit.Prefixes.Prefix;
import java.util.List;

/**
 * Prefixes of one address family, each with the rules that name it and the next wider one. Those
 * that contain an address are the narrowest of them and all that are wider than that one.
 */
final class RuleTree {
  private static final int ROOT = -1;

  private final Prefixes prefixes;
  private final int[] wider;
  private final FirstByPort[] rules;

  /**
   * @param sorted {@link Prefix#WIDER_FIRST}, each once
   * @param rules of each of them
   */
  RuleTree(List<Prefix> sorted, FirstByPort[] rules) {
    this.rules = rules;
    prefixes = new Prefixes(sorted);
    wider = new int[sorted.size()];
    int around = ROOT;
    for (int i = 0; i < wider.length; i++) {
      while (around != ROOT
          && !prefixes.contains(around, sorted.get(i).high(), sorted.get(i).low())) {
        around = wider[around];
      }
      wider[i] = around;
      around = i;
    }
  }

  /** The first rule about an address and port; {@link FirstByPort#NONE} where there is none. */
  int first(Protocol protocol, int port, long high, long low) {
    int first = FirstByPort.NONE;
    for (int i = prefixes.lastFrom(high, low); i != ROOT; i = wider[i]) {
      if (prefixes.contains(i, high, low)) {
        first = Math.min(first, rules[i].first(protocol, port));
      }
    }
    return first;
  }
}
