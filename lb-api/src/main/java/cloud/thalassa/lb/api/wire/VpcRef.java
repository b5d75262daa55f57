package cloud.thalassa.lb.api.wire;

/** As much of a VPC as other objects show. */
public record VpcRef(String identity, String name, String slug, Ref cloudRegion) {}
