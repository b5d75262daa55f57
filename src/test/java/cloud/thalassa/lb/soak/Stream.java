package cloud.thalassa.lb.soak;

import java.nio.ByteBuffer;

/**
 * Bytes that a seed determines, each from its offset alone: a sender keeps nothing of what it could
 * not send yet, and a receiver checks what comes where it comes.
 */
final class Stream {
  private static final long STEP = 0x9E3779B97F4A7C15L;

  private final long seed;

  Stream(long seed) {
    this.seed = mix(seed);
  }

  /** Puts the bytes from that offset on into the buffer, until it is full. */
  void fill(ByteBuffer buffer, long offset) {
    while (buffer.hasRemaining()) {
      if ((offset & 7) == 0 && buffer.remaining() >= 8) {
        buffer.putLong(word(offset));
        offset += 8;
      } else {
        buffer.put(at(offset++));
      }
    }
  }

  /** Reads the buffer to its end; returns the offset of the first byte that is wrong, or -1. */
  long check(ByteBuffer buffer, long offset) {
    while (buffer.hasRemaining()) {
      if ((offset & 7) == 0
          && buffer.remaining() >= 8
          && buffer.getLong(buffer.position()) == word(offset)) {
        buffer.position(buffer.position() + 8);
        offset += 8;
      } else if (buffer.get() == at(offset)) {
        offset++;
      } else {
        return offset;
      }
    }
    return -1;
  }

  private byte at(long offset) {
    return (byte) (word(offset) >>> (56 - 8 * (offset & 7)));
  }

  private long word(long offset) {
    return mix(seed + (offset >>> 3) * STEP);
  }

  static long mix(long value) {
    value = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    value = (value ^ (value >>> 27)) * 0x94D049BB133111EBL;
    return value ^ (value >>> 31);
  }
}
