package cloud.thalassa.lb.operator.cluster;

/** A reconciler of a kind of the Gateway API, which a cluster may get later, or never. */
interface OfGatewayApi {}
