package cloud.thalassa.lb.bench;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.ProxyProtocol;
import cloud.thalassa.lb.dataplane.proxyprotocol.ProxyHeader;
import cloud.thalassa.lb.dataplane.proxyprotocol.ProxyHeaderReader;
import cloud.thalassa.lb.dataplane.proxyprotocol.Reading;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The header of one connection. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@NullUnmarked
public class ProxyHeaderBenchmark {
  @Param({"V1", "V2"})
  public ProxyProtocol version;

  @Param({"192.0.2.7", "2001:db8::7"})
  public String address;

  private InetSocketAddress client;
  private InetSocketAddress listener;
  private ByteBuffer bytes;

  @Setup
  public void prepare() {
    client = new InetSocketAddress(address, 40000);
    listener = new InetSocketAddress(address, 443);
    bytes = ByteBuffer.wrap(encode());
  }

  @Benchmark
  public byte[] encode() {
    return ProxyHeader.encode(version, Protocol.TCP, client, listener);
  }

  @Benchmark
  public Reading read() {
    return ProxyHeaderReader.read(bytes);
  }
}
