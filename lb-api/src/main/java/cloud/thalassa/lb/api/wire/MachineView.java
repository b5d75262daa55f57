package cloud.thalassa.lb.api.wire;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A machine, which is a node of the cluster. Its slug is the node's name. */
public record MachineView(
    @JsonUnwrapped Head head,
    @Nullable Ref vpc,
    List<Interface> interfaces,
    @Nullable String region,
    @Nullable String availabilityZone,
    Ref machineType,
    Status status,
    String state) {

  /** The addresses of the machine are those of the interface {@code default}. */
  public record Interface(String name, List<String> ipAddresses) {}

  /** {@code ready} or {@code unknown}, with the kubelet's words. */
  public record Status(
      String status, @Nullable String statusMessage, @Nullable String lastTransitionTime) {}
}
