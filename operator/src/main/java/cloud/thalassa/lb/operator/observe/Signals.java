package cloud.thalassa.lb.operator.observe;

/** Which reconciliations are due, by the kind of their object. */
public record Signals(
    Signal loadBalancers,
    Signal listeners,
    Signal targetGroups,
    Signal securityGroups,
    Signal subnets,
    Signal addressClaims) {}
