package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.translate.Etags;
import cloud.thalassa.lb.api.wire.Headed;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** The version of an object, also as an entity tag. */
class EtagFilter {
  @ServerResponseFilter
  public void tag(ContainerResponseContext answer) {
    if (answer.getEntity() instanceof Headed object && object.head().objectVersion() != null) {
      answer.getHeaders().putSingle(HttpHeaders.ETAG, Etags.of(object.head().objectVersion()));
    }
  }
}
