package cloud.thalassa.lb.operator.gateway;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.operator.compile.ConditionType;
import cloud.thalassa.lb.operator.compile.Reason;
import cloud.thalassa.lb.operator.status.Conditions;
import cloud.thalassa.lb.operator.status.Finding;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayClass;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayClassStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayClassStatusBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.SupportedFeature;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What we serve of the Gateway API, as classes of ours say. */
public final class GatewayApi {
  static final String GROUP = "gateway.networking.k8s.io";

  /** Of its list of features: those that its conformance tests can show of TCP and UDP. */
  private static final List<SupportedFeature> FEATURES =
      Stream.of("Gateway", "ReferenceGrant", "TCPRoute", "UDPRoute")
          .map(SupportedFeature::new)
          .toList();

  private GatewayApi() {}

  /** Whether Gateways of this class are ours to serve. */
  public static boolean serves(GatewayClass gatewayClass) {
    return gatewayClass.getSpec() != null
        && Api.GATEWAY_CONTROLLER.equals(gatewayClass.getSpec().getControllerName());
  }

  /** What a class of ours says about itself. */
  public static GatewayClassStatus status(GatewayClass gatewayClass, Instant now) {
    var parameters = gatewayClass.getSpec().getParametersRef();
    var accepted =
        parameters == null
            ? Finding.yes(Reason.ACCEPTED, "Gateways of this class are served by Thalassa LB.")
            : Finding.no(
                Reason.INVALID_PARAMETERS,
                "spec.parametersRef: a class of Thalassa LB has no parameters: remove it.");
    return new GatewayClassStatusBuilder()
        .withConditions(
            new Conditions(
                    gatewayClass.getMetadata().getGeneration(), conditions(gatewayClass), now)
                .add(accepted, ConditionType.ACCEPTED)
                .list())
        .withSupportedFeatures(FEATURES)
        .build();
  }

  private static List<Condition> conditions(GatewayClass gatewayClass) {
    return gatewayClass.getStatus() == null ? List.of() : gatewayClass.getStatus().getConditions();
  }
}
