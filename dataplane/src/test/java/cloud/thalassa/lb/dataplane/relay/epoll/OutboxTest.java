package cloud.thalassa.lb.dataplane.relay.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.dataplane.relay.DropReason;
import java.lang.foreign.Arena;
import java.lang.reflect.Proxy;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** With sockets of this machine, and a system that refuses what it is told to refuse. */
@EnabledOnOs(OS.LINUX)
class OutboxTest implements Outbox.Owner {
  private static final int FLOW = 7;

  private final Arena arena = Arena.ofConfined();
  private final Map<DropReason, Integer> dropped = new EnumMap<>(DropReason.class);
  private Linux linux;
  private Outbox outbox;
  private DatagramSocket target;
  private long data;
  private int fd;
  private int other = -1;
  private int sentBytes;
  private int limit = Integer.MAX_VALUE;
  private int refuseRuns;
  private int refuseAll;
  private int refusals;

  @BeforeEach
  void open() throws Exception {
    var real = Platform.linux();
    linux =
        (Linux)
            Proxy.newProxyInstance(
                Linux.class.getClassLoader(),
                new Class<?>[] {Linux.class},
                (_, method, arguments) -> {
                  int errno = errno(method.getName(), arguments);
                  return errno == 0 ? method.invoke(real, arguments) : -errno;
                });
    outbox = new Outbox(linux, arena, this);
    data = arena.allocate(65_536, 64).address();
    for (int i = 0; i < 65_536; i++) {
      Memory.putByte(data + i, i % 251);
    }
    target = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    target.setReceiveBufferSize(4 * 1024 * 1024);
    target.setSoTimeout(10_000);
    fd = connected(target);
  }

  @AfterEach
  void close() {
    linux.close(fd);
    target.close();
    arena.close();
  }

  @Test
  void runsArriveAsTheDatagramsThatWereAdded() throws Exception {
    assertArrive(10, 10, 10, 4, 10, 10, 0, 0, 10, 12, 12, 1200, 1200, 7);
    assertThat(dropped).isEmpty();
    assertThat(limit).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void moreThanFitsGoesOutInOrder() throws Exception {
    var sizes = new int[400];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = i % 3 == 0 ? 2 : 1 + i % 100;
    }
    assertArrive(sizes);
    assertArrive(Collections.nCopies(600, 9).stream().mapToInt(size -> size).toArray());
  }

  @Test
  void datagramsThatCameTogetherGoOutTogetherOrOneByOne() throws Exception {
    outbox.through(fd);
    outbox.of(FLOW, Integer.MAX_VALUE);
    outbox.add(data, 95, 10);
    outbox.of(FLOW, 9);
    outbox.add(data, 25, 10);
    outbox.of(FLOW, Integer.MAX_VALUE);
    outbox.add(data, 900, 10);
    outbox.send();
    assertThat(lengths(10 + 3 + 90))
        .startsWith(10, 10, 10, 10, 10, 10, 10, 10, 10, 5, 10, 10, 5, 10)
        .endsWith(10);
    assertThat(sentBytes).isEqualTo(95 + 25 + 900);
  }

  @Test
  void whatTheSystemDoesNotTakeAsARunGoesOutOneByOneAndIsRemembered() throws Exception {
    refuseRuns = Abi.EIO;
    assertArrive(10, 10, 10, 4, 12, 12);
    assertThat(limit).isZero();
    assertThat(refusals).isEqualTo(2);
    assertThat(dropped).isEmpty();
    assertThat(sentBytes).isEqualTo(58);

    assertArrive(10, 10, 10);
    assertThat(refusals).as("no further try").isEqualTo(2);
  }

  @Test
  void whatIsTooLongForThePathLeavesShorterRuns() throws Exception {
    refuseRuns = Abi.EINVAL;
    assertArrive(1200, 1200, 1200);
    assertThat(limit).isEqualTo(1199);
  }

  @Test
  void aFullSocketDropsTheRestAndCountsEachDatagram() {
    refuseAll = Abi.EAGAIN;
    add(10, 10, 10, 4, 12);
    outbox.send();

    assertThat(dropped).isEqualTo(Map.of(DropReason.CONGESTED, 5));
    assertThat(sentBytes).isZero();
  }

  @Test
  void whatCannotBeSentIsCountedAndTheRestIsSent() throws Exception {
    outbox.through(fd);
    outbox.of(FLOW, 0);
    outbox.add(data, 10, 10);
    outbox.add(data, 65_530, 65_530);
    outbox.add(data, 11, 11);
    outbox.send();

    assertThat(lengths(2)).containsExactly(10, 11);
    assertThat(dropped).isEqualTo(Map.of(DropReason.OVERSIZE, 1));
  }

  @Test
  void unreachableTargetsDatagramsGoToTheNextOne() throws Exception {
    try (var next = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      other = connected(next);
      target.close();
      linux.send(fd, data, 1, 0); // its answer is an error of the next call
      target = next;
      next.setSoTimeout(10_000);
      assertArrive(10, 10, 4);
    }
  }

  @Test
  void unreachableTargetWithoutANextOneLosesThem() {
    target.close();
    linux.send(fd, data, 1, 0);
    add(10, 20);
    outbox.send();

    assertThat(sentBytes).isZero();
    add(5);
    outbox.send();
    assertThat(sentBytes).as("nothing was left over").isEqualTo(5);
  }

  private void assertArrive(int... sizes) throws Exception {
    outbox.prefix(0, 0);
    add(sizes);
    outbox.send();
    assertThat(lengths(sizes.length)).containsExactly(boxed(sizes, 0));
    Memory.write("header".getBytes(), data);
    outbox.prefix(data, 6);
    int before = sentBytes;
    add(sizes);
    outbox.send();
    assertThat(lengths(sizes.length)).containsExactly(boxed(sizes, 6));
    sentBytes = before;
    outbox.prefix(0, 0);
  }

  private void add(int... sizes) {
    outbox.through(fd);
    outbox.of(FLOW, limit);
    for (int size : sizes) {
      outbox.add(data + 100 + size, size, size);
    }
  }

  private List<Integer> lengths(int count) throws Exception {
    var lengths = new ArrayList<Integer>();
    for (int i = 0; i < count; i++) {
      var packet = new DatagramPacket(new byte[65_536], 65_536);
      target.receive(packet);
      int length = packet.getLength();
      lengths.add(length);
    }
    return lengths;
  }

  private static Integer[] boxed(int[] sizes, int more) {
    var boxed = new Integer[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      boxed[i] = sizes[i] + more;
    }
    return boxed;
  }

  private int connected(DatagramSocket to) throws Exception {
    int socket = linux.socket(Abi.AF_INET, Abi.SOCK_DGRAM);
    long address = arena.allocate(SocketAddress.BYTES, 8).address();
    int length =
        SocketAddress.put(
            address, (InetSocketAddress) to.getLocalSocketAddress(), to.getLocalPort());
    assertThat(linux.connect(socket, address, length)).isZero();
    return socket;
  }

  private int errno(String call, Object[] arguments) {
    if (!call.startsWith("send")) {
      return 0;
    }
    if (refuseRuns != 0
        && call.equals("sendmmsg")
        && MessageHeader.controlLength((long) arguments[1]) > 0) {
      refusals++;
      return refuseRuns;
    }
    return refuseAll;
  }

  @Override
  public void sent(int flow, int bytes) {
    assertThat(flow).isEqualTo(FLOW);
    sentBytes += bytes;
  }

  @Override
  public void dropped(int flow, DropReason reason, int datagrams) {
    dropped.merge(reason, datagrams, Integer::sum);
  }

  @Override
  public void limitRuns(int flow, int bytes) {
    limit = bytes;
  }

  @Override
  public int unreachable(int flow) {
    if (other >= 0) {
      linux.close(fd);
      fd = other;
    }
    return other;
  }
}
