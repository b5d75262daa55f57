package cloud.thalassa.lb.api.console;

import java.util.function.UnaryOperator;

/** Whether a request that changes something comes from a page of ours, as the browser says. */
final class SameOrigin {
  private SameOrigin() {}

  /**
   * @param header gives a header of the request, or null
   */
  static boolean asks(String method, UnaryOperator<String> header) {
    if (method.equals("GET") || method.equals("HEAD")) {
      return true;
    }
    var site = header.apply("Sec-Fetch-Site");
    if (site != null) {
      return site.equals("same-origin");
    }
    var origin = header.apply("Origin"); // where browsers say no more than that
    return origin == null || origin.replaceFirst("^https?://", "").equals(header.apply("Host"));
  }
}
