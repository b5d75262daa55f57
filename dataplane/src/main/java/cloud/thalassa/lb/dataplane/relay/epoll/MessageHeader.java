package cloud.thalassa.lb.dataplane.relay.epoll;

/** struct mmsghdr, iovec and cmsghdr of 64-bit Linux, in native memory. */
final class MessageHeader {
  /** Of a struct mmsghdr. */
  static final int BYTES = 64;

  static final int VECTOR_BYTES = 16;
  static final int CONTROL_HEADER_BYTES = 16;

  private static final int NAME_LENGTH = 8;
  private static final int VECTORS = 16;
  private static final int VECTOR_COUNT = 24;
  private static final int CONTROL = 32;
  private static final int CONTROL_LENGTH = 40;
  private static final int LENGTH = 56;

  private MessageHeader() {}

  static void name(long at, long name, int length) {
    Memory.putLong(at, name);
    Memory.putInt(at + NAME_LENGTH, length);
  }

  static void nameLength(long at, int length) {
    Memory.putInt(at + NAME_LENGTH, length);
  }

  static void vectors(long at, long vectors, int count) {
    Memory.putLong(at + VECTORS, vectors);
    Memory.putLong(at + VECTOR_COUNT, count);
  }

  static long vectors(long at) {
    return Memory.getLong(at + VECTORS);
  }

  static long vectorCount(long at) {
    return Memory.getLong(at + VECTOR_COUNT);
  }

  static long control(long at) {
    return Memory.getLong(at + CONTROL);
  }

  static void control(long at, long control, long length) {
    Memory.putLong(at + CONTROL, length == 0 ? 0 : control);
    Memory.putLong(at + CONTROL_LENGTH, length);
  }

  static long controlLength(long at) {
    return Memory.getLong(at + CONTROL_LENGTH);
  }

  static void controlLength(long at, long length) {
    Memory.putLong(at + CONTROL_LENGTH, length);
  }

  /** Bytes that were received. */
  static int length(long at) {
    return Memory.getInt(at + LENGTH);
  }

  static void vector(long at, long address, int length) {
    Memory.putLong(at, address);
    Memory.putLong(at + 8, length);
  }

  /** Writes the head of a control message, and returns where its data is. */
  static long controlHeader(long at, int level, int type, int dataBytes) {
    Memory.putLong(at, CONTROL_HEADER_BYTES + dataBytes);
    Memory.putInt(at + 8, level);
    Memory.putInt(at + 12, type);
    return at + CONTROL_HEADER_BYTES;
  }

  /** What a control message with this much data occupies. */
  static int controlSpace(long dataBytes) {
    return (int) (CONTROL_HEADER_BYTES + dataBytes + 7) & ~7;
  }
}
