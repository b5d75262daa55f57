package cloud.thalassa.lb.dataplane.relay.epoll;

import java.io.IOException;
import java.io.Serial;

/** A system call returned an error that nobody expects in service. */
final class SystemCallFailed extends IOException {
  @Serial private static final long serialVersionUID = 1;

  private SystemCallFailed(String message) {
    super(message);
  }

  static SystemCallFailed of(String call, int negatedErrno) {
    return new SystemCallFailed(Abi.text(-negatedErrno) + " (" + call + ")");
  }

  /** What the call returned, unless it is an error. */
  static int check(String call, int returned) throws SystemCallFailed {
    if (returned < 0) {
      throw of(call, returned);
    }
    return returned;
  }
}
