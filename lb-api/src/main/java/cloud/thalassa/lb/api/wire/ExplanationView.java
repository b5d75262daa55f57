package cloud.thalassa.lb.api.wire;

import cloud.thalassa.lb.crds.replica.Explanation;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a replica of the load balancer would do with a connection.
 *
 * @param replica the one that was asked
 * @param listener null: none takes the connection
 * @param targetGroups that share its connections; without those of other organisations
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExplanationView(
    String replica, @Nullable Ref listener, List<Ref> targetGroups, Explanation explanation) {}
