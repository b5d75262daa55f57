package cloud.thalassa.lb.dataplane.flowlog;

import cloud.thalassa.lb.dataplane.admit.Ip;
import cloud.thalassa.lb.dataplane.relay.TerminationReason;
import cloud.thalassa.lb.dataplane.table.ListenerKey;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * A connection or flow that ended, as its loop leaves it to the writer of the log.
 *
 * @param at when, in milliseconds since 1970
 * @param nanos how long it was there
 */
record Ended(
    long at,
    ListenerKey listener,
    long clientHigh,
    long clientLow,
    int clientPort,
    @Nullable InetSocketAddress target,
    long bytesToTarget,
    long bytesToClient,
    long nanos,
    TerminationReason reason) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** Appends its line, with the end of it. */
  void appendTo(StringBuilder lines) {
    lines.append("{\"time\":\"");
    TIME.formatTo(Instant.ofEpochMilli(at), lines);
    lines.append("\",\"loadBalancer\":\"");
    JsonStringEncoder.getInstance().quoteAsString(listener.loadBalancer(), lines);
    lines.append("\",\"listener\":\"");
    JsonStringEncoder.getInstance().quoteAsString(listener.listener(), lines);
    lines.append("\",\"client\":\"");
    append(lines, Ip.of(clientHigh, clientLow), clientPort);
    lines.append("\",\"target\":");
    if (target == null) {
      lines.append("null");
    } else {
      lines.append('"');
      append(lines, target.getAddress(), target.getPort());
      lines.append('"');
    }
    lines
        .append(",\"bytesToTarget\":")
        .append(bytesToTarget)
        .append(",\"bytesToClient\":")
        .append(bytesToClient)
        .append(",\"durationMillis\":")
        .append(Duration.ofNanos(nanos).toMillis())
        .append(",\"reason\":\"")
        .append(reason.word())
        .append("\"}\n");
  }

  private static void append(StringBuilder lines, InetAddress address, int port) {
    var text = Ip.text(address);
    if (text.contains(":")) {
      lines.append('[').append(text).append(']');
    } else {
      lines.append(text);
    }
    lines.append(':').append(port);
  }
}
