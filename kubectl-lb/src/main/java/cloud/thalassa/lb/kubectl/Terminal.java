package cloud.thalassa.lb.kubectl;

import java.io.PrintStream;

/** Where commands speak. */
record Terminal(PrintStream out, PrintStream err) {
  private static final String NAME = "kubectl lb: ";

  /** Whether somebody looks at it; bin/kubectl-lb says so. */
  boolean interactive() {
    return Boolean.getBoolean("kubectl-lb.terminal");
  }

  /** That there is nothing; it is no error. */
  void nothing(String what) {
    err.println(what);
  }

  /** That something is wrong. */
  void complain(String sentence) {
    err.println(NAME + sentence);
  }
}
