package cloud.thalassa.lb.kubectl.events;

import cloud.thalassa.lb.kubectl.text.Ago;
import cloud.thalassa.lb.kubectl.text.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Events for people. */
public final class EventTable {
  private EventTable() {}

  public static String of(
      List<Happening> happenings, boolean namespaces, boolean wide, Instant now) {
    var head = new ArrayList<String>();
    if (namespaces) {
      head.add("NAMESPACE");
    }
    head.addAll(List.of("LAST SEEN", "TYPE", "REASON", "OBJECT"));
    if (wide) {
      head.addAll(List.of("COUNT", "SOURCE"));
    }
    head.add("MESSAGE");
    var table = new Table(head.toArray(String[]::new));
    for (var it : happenings) {
      var cells = new ArrayList<Object>();
      if (namespaces) {
        cells.add(it.namespace());
      }
      cells.addAll(List.of(Ago.of(it.time(), now), it.type(), it.reason(), it.object()));
      if (wide) {
        cells.add(it.count());
        cells.add(it.source() == null ? "" : it.source());
      }
      cells.add(it.message());
      table.row(cells.toArray());
    }
    return table.toString();
  }

  /** One that has just happened, in a line of its own. */
  public static String line(Happening it, boolean namespaces) {
    var head = namespaces ? it.namespace() + "  " : "";
    return Table.line(head + it.time(), it.type(), it.reason(), it.object(), it.message());
  }
}
