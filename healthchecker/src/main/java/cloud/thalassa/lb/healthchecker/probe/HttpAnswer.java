package cloud.thalassa.lb.healthchecker.probe;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Reads one answer after another from a connection that is kept. Of an answer only its status is
 * kept; its length must be said in its head.
 */
final class HttpAnswer {
  static final int LONGEST_HEAD = 4096;
  static final int MALFORMED = -1;
  static final int INCOMPLETE = 0;

  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([1-5][0-9][0-9])[ \r]");
  private static final Pattern LENGTH =
      Pattern.compile("\r\ncontent-length: *([0-9]{1,9})\r\n", Pattern.CASE_INSENSITIVE);

  private final StringBuilder head = new StringBuilder();
  private int status;
  private int body;

  /** The status once the answer is complete; else {@link #INCOMPLETE} or {@link #MALFORMED}. */
  int read(byte[] bytes) {
    int rest = bytes.length;
    if (status == INCOMPLETE) {
      head.append(new String(bytes, StandardCharsets.ISO_8859_1));
      int end = head.indexOf("\r\n\r\n");
      if (end < 0) {
        return head.length() > LONGEST_HEAD ? MALFORMED : INCOMPLETE;
      }
      rest = head.length() - (end + 4);
      if (!parse(head.substring(0, end + 2))) {
        return MALFORMED;
      }
    }
    body -= rest;
    return body > 0 ? INCOMPLETE : body < 0 ? MALFORMED : complete();
  }

  private boolean parse(String lines) {
    var line = STATUS.matcher(lines);
    var length = LENGTH.matcher(lines);
    if (!line.lookingAt() || !length.find()) {
      return false;
    }
    status = Integer.parseInt(line.group(1));
    body = Integer.parseInt(length.group(1));
    return true;
  }

  private int complete() {
    int answered = status;
    status = INCOMPLETE;
    head.setLength(0);
    return answered;
  }
}
