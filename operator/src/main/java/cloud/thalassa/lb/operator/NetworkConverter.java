package cloud.thalassa.lb.operator;

import cloud.thalassa.lb.crds.address.Cidr;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads a network from a setting. */
public final class NetworkConverter implements Converter<Cidr> {
  private static final long serialVersionUID = 1;

  @Override
  public Cidr convert(String text) {
    var network = Cidr.parse(text);
    if (network == null) {
      throw new IllegalArgumentException(text + " is not a network such as 10.0.0.0/8 or fd00::/8");
    }
    return network;
  }
}
