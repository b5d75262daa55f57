package cloud.thalassa.lb.dataplane.follow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Documents of the load balancer {@code shop/web} as files. */
final class Yaml {
  private Yaml() {}

  static Path config(Path root, String revision, String formatVersion) throws IOException {
    return write(
        root,
        "ForwardingConfig/web",
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: ForwardingConfig
        metadata: {name: web, namespace: shop, resourceVersion: "%s"}
        spec: {formatVersion: %s, revision: %s}
        """
            .formatted(revision, formatVersion, revision));
  }

  static Path slice(Path root, String name, String address) throws IOException {
    return write(
        root,
        "EndpointSlice/" + name,
        """
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: %s, namespace: shop, resourceVersion: "%s"}
        addressType: IPv4
        endpoints: [{addresses: ["%s"]}]
        """
            .formatted(name, address, address));
  }

  static Path write(Path root, String name, String content) throws IOException {
    var file = root.resolve("shop").resolve(name + ".yaml");
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }
}
