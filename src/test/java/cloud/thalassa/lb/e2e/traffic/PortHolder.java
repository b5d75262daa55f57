package cloud.thalassa.lb.e2e.traffic;

import java.io.IOException;
import java.net.ServerSocket;

/** A program that holds a TCP port until its standard input ends: somebody else's, in a pod. */
public final class PortHolder {
  private PortHolder() {}

  public static void main(String[] arguments) throws IOException {
    try (var holder = new ServerSocket(Integer.parseInt(arguments[0]))) {
      System.out.println("holding " + holder.getLocalPort());
      while (System.in.read() != -1) {
        // until the test lets go
      }
    }
  }
}
