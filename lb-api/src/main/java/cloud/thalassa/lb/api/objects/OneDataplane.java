package cloud.thalassa.lb.api.objects;

import cloud.thalassa.lb.crds.Api;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.net.InetSocketAddress;

/** The one process of a directory that is all the replicas which its load balancers have. */
record OneDataplane(InetSocketAddress management) {
  /** As the operator writes replicas down in a cluster. */
  EndpointSlice of(HasMetadata balancer) {
    var metadata = balancer.getMetadata();
    return new EndpointSliceBuilder()
        .withNewMetadata()
        .withNamespace(metadata.getNamespace())
        .withName(metadata.getName() + "-replicas")
        .addToLabels(Api.LOAD_BALANCER_LABEL, metadata.getName())
        .addToLabels(Api.REPLICAS_LABEL, "true")
        .endMetadata()
        .addNewPort()
        .withName(Api.MANAGEMENT_PORT)
        .withPort(management.getPort())
        .endPort()
        .addNewEndpoint()
        .withAddresses(management.getHostString())
        .withNewTargetRef()
        .withName(Api.DATAPLANE)
        .endTargetRef()
        .endEndpoint()
        .build();
  }
}
