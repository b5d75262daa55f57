package cloud.thalassa.lb.cluster;

import java.util.List;

/**
 * The first process of a pod's container, found beforehand so that a test knows exactly when it
 * acts.
 *
 * @param pid as this machine numbers it
 */
public record PodProcess(long pid) {
  /** SIGKILL; returns when the signal is sent. */
  public void kill() {
    signal("KILL");
  }

  /** SIGSTOP: it does nothing any more, and the kernel accepts connections for it. */
  public void freeze() {
    signal("STOP");
  }

  public void thaw() {
    signal("CONT");
  }

  public boolean alive() {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  /** The pod's network, for programs of this machine. */
  public Place place() {
    return new Place(List.of("nsenter", "-t", Long.toString(pid), "--net", "--"));
  }

  private void signal(String name) {
    Command.run(List.of("kill", "-" + name, Long.toString(pid)));
  }
}
