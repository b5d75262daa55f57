package cloud.thalassa.lb.api.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Body of PUT .../ingress-rules/batch and .../egress-rules/batch. */
public record RulesRequest(@Nullable List<RuleBody> rules) {}
