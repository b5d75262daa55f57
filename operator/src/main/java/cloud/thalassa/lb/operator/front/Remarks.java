package cloud.thalassa.lb.operator.front;

import cloud.thalassa.lb.operator.front.Remark.Cost;
import java.util.ArrayList;
import java.util.List;

/** What there is to say about one object, in the making. */
public final class Remarks {
  private final boolean placed;
  private final List<Remark> all = new ArrayList<>();

  /**
   * @param placed the load balancer exists already, so that it can stay as it is
   */
  public Remarks(boolean placed) {
    this.placed = placed;
  }

  /**
   * Nobody knows what an annotation says.
   *
   * @param problem what is wrong and what would be right, without a full stop
   * @param otherwise what is done if the annotation is not about access, such as "the default, 5,
   *     is in effect"
   */
  public void unclear(Annotation annotation, String problem, String otherwise) {
    switch (annotation.bearing()) {
      case ACCESS -> refuse(problem);
      case PLACE -> {
        if (placed) {
          setting(problem + "; the load balancer stays as it is.");
        } else {
          refuse(problem);
        }
      }
      case TUNING -> setting(problem + "; " + otherwise + ".");
    }
  }

  /** Nothing is served. The problem is without a full stop. */
  public void refuse(String problem) {
    all.add(new Remark(Cost.SERVICE, null, problem + ". No port is served before that."));
  }

  /** One port is not served. The problem is without a full stop. */
  public void refuse(PortKey port, String problem) {
    all.add(
        new Remark(
            Cost.PORT, port, "%s. Port %s is not served before that.".formatted(problem, port)));
  }

  public void setting(String sentence) {
    all.add(new Remark(Cost.SETTING, null, sentence));
  }

  public void note(String sentence) {
    all.add(new Remark(Cost.NOTHING, null, sentence));
  }

  public boolean refused() {
    return all.stream().anyMatch(remark -> remark.cost() == Cost.SERVICE);
  }

  public boolean refused(PortKey port) {
    return all.stream().anyMatch(remark -> port.equals(remark.port()));
  }

  public List<Remark> list() {
    return all.stream().distinct().toList();
  }
}
