package cloud.thalassa.lb.api.rest;

import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** Failures of requests that people send, and not programs. */
public interface ErrorPages {
  /** Empty: at this path programs ask. */
  Optional<Response> page(String path, Problem problem);
}
