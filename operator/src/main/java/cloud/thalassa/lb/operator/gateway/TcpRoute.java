package cloud.thalassa.lb.operator.gateway;

import cloud.thalassa.lb.crds.Protocol;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

@Group(GatewayApi.GROUP)
@Version("v1")
@Kind("TCPRoute")
@Plural("tcproutes")
public final class TcpRoute extends Route {
  @Override
  public Protocol protocol() {
    return Protocol.TCP;
  }
}
