package cloud.thalassa.lb.kubectl.view;

import cloud.thalassa.lb.kubectl.text.Ago;
import cloud.thalassa.lb.kubectl.text.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Load balancers as a table. */
public final class ListText {
  private ListText() {}

  /**
   * A line for each.
   *
   * @param namespaces whether there is a column for them
   */
  public static String of(List<Summary> summaries, boolean namespaces, boolean wide, Instant now) {
    var head = new ArrayList<String>();
    if (namespaces) {
      head.add("NAMESPACE");
    }
    head.addAll(List.of("NAME", "STATE", "ADDRESSES", "LISTENERS", "REPLICAS", "TARGETS", "AGE"));
    if (wide) {
      head.addAll(List.of("SCHEME", "SUBNET", "MESSAGE"));
    }
    var table = new Table(head.toArray(String[]::new));
    for (var it : summaries) {
      var cells = new ArrayList<Object>();
      if (namespaces) {
        cells.add(it.namespace());
      }
      cells.add(it.name());
      cells.add(it.state());
      cells.add(String.join(",", it.addresses()));
      cells.add(it.listeners());
      cells.add(it.replicas());
      cells.add(it.targets() == null ? "?" : it.targets());
      cells.add(Ago.of(it.created(), now));
      if (wide) {
        cells.add(it.scheme());
        cells.add(it.subnet() == null ? "" : it.subnet());
        cells.add(it.message() == null ? "" : it.message());
      }
      table.row(cells.toArray());
    }
    return table.toString();
  }
}
