package cloud.thalassa.lb.operator.observe;

/**
 * Which reconciliations are due, by the kind of their object.
 *
 * @param testimonies the load balancers about whose replicas the health checkers say something else
 */
public record Signals(
    Signal loadBalancers,
    Signal listeners,
    Signal targetGroups,
    Signal securityGroups,
    Signal subnets,
    Signal addressClaims,
    Signal services,
    Signal gatewayClasses,
    Signal gateways,
    Signal tcpRoutes,
    Signal udpRoutes,
    Signal testimonies) {}
