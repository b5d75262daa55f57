package cloud.thalassa.lb.api.tenant;

import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.TimeoutException;

/** The database does not answer. */
public final class Unavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  public Unavailable(Throwable cause) {
    super("the database of organisations and tokens does not answer: try again in a moment", cause);
  }

  /** Whether it is the database's state, and not what it was asked. */
  public static boolean passes(SQLException e) {
    return e.getSQLState() == null || e.getSQLState().matches("(08|25|40|53|55|57|58|XX).*");
  }

  static boolean isOne(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PgException said) {
        return said.getSqlState() != null && said.getSqlState().matches("08.*|57P.*|53300");
      }
      if (cause instanceof IOException
          || cause instanceof VertxException
          || cause instanceof TimeoutException
          || cause instanceof NoStackTraceThrowable) {
        return true;
      }
    }
    return false;
  }
}
