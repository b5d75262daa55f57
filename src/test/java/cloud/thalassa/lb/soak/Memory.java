package cloud.thalassa.lb.soak;

import java.util.ArrayList;
import java.util.List;

/** Samples of a size over time, and whether it still grew in the last third of them. */
final class Memory {
  private final String name;
  private final long slackKiB;
  private final List<Long> samples = new ArrayList<>();

  /**
   * @param slackKiB may be added to 5 % of the size
   */
  Memory(String name, long slackKiB) {
    this.name = name;
    this.slackKiB = slackKiB;
  }

  synchronized void add(long kiB) {
    samples.add(kiB);
  }

  /** The last one, in MiB. */
  synchronized long last() {
    return samples.isEmpty() ? 0 : samples.getLast() / 1024;
  }

  /** By how much the median of the last sixth is above that of the sixth before, in KiB. */
  synchronized long growth() {
    var third = samples.subList(samples.size() * 2 / 3, samples.size());
    return median(third.subList(third.size() / 2, third.size()))
        - median(third.subList(0, third.size() / 2));
  }

  synchronized boolean flat() {
    return samples.size() >= 6 && growth() <= slackKiB + samples.getLast() / 20;
  }

  private static long median(List<Long> of) {
    return of.isEmpty() ? 0 : of.stream().sorted().toList().get(of.size() / 2);
  }

  @Override
  public synchronized String toString() {
    return "%s %d MiB, %+d KiB in the last third (%d samples)"
        .formatted(name, last(), growth(), samples.size());
  }
}
