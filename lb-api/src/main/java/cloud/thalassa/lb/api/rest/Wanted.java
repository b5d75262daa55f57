package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.wire.Head;
import io.fabric8.kubernetes.api.model.HasMetadata;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** What a list is narrowed to, by query parameters that must all hold. Others mean nothing. */
record Wanted(Map<String, String> parameters, Map<String, String> labels) {
  private static final String LABEL = "matchLabels[";

  static Wanted by(UriInfo uri) {
    var parameters = new HashMap<String, String>();
    var labels = new HashMap<String, String>();
    uri.getQueryParameters(true)
        .forEach(
            (key, values) -> {
              if (key.startsWith(LABEL) && key.endsWith("]")) {
                labels.put(key.substring(LABEL.length(), key.length() - 1), values.getFirst());
              } else if (!values.getFirst().isEmpty()) {
                parameters.put(key, values.getFirst());
              }
            });
    return new Wanted(parameters, labels);
  }

  /**
   * False: {@link #matches} would say so too, once its version is digested and all else of it put
   * together, which for a thousand objects takes a while.
   */
  boolean mayBe(HasMetadata object) {
    var own = object.getMetadata().getLabels();
    return labels.isEmpty() || (own != null && own.entrySet().containsAll(labels.entrySet()));
  }

  boolean matches(Head head) {
    return head.labels().entrySet().containsAll(labels.entrySet())
        && is("name", head.name())
        && is("slug", head.slug())
        && is("identity", head.identity());
  }

  /** Whether the parameter is absent, or is one of these names. */
  boolean is(String parameter, String... names) {
    var wanted = parameters.get(parameter);
    return wanted == null || Arrays.asList(names).contains(wanted);
  }
}
