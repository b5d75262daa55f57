package cloud.thalassa.lb.dataplane.relay.epoll;

import java.io.IOException;

/** What this engine needs of the machine. */
final class Platform {
  private Platform() {}

  /**
   * System calls for one thread.
   *
   * @throws IOException with the reason in words, when there are none
   */
  static Linux linux() throws IOException {
    var system = System.getProperty("os.name");
    var architecture = System.getProperty("os.arch");
    if (!system.equals("Linux")) {
      throw new IOException("it needs Linux, and this is " + system);
    }
    if (!architecture.equals("amd64") && !architecture.equals("aarch64")) {
      throw new IOException("it knows x86-64 and aarch64, and this is " + architecture);
    }
    if (System.getProperty("org.graalvm.nativeimage.imagecode") != null) {
      throw new IOException("system calls are too slow in a native executable");
    }
    try {
      return new ForeignLinux();
    } catch (UnsatisfiedLinkError | ExceptionInInitializerError | NoClassDefFoundError e) {
      throw new IOException("the C library does not let us: " + reason(e), e);
    }
  }

  private static String reason(Throwable failure) {
    var cause = failure.getCause() == null ? failure : failure.getCause();
    return String.valueOf(cause.getMessage());
  }
}
