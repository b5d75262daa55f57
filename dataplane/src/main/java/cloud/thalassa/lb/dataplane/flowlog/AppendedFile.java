package cloud.thalassa.lb.dataplane.flowlog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file that others may move away or delete at any time: the next write goes to a new one of the
 * same name. After a failure the next write opens it anew.
 */
final class AppendedFile implements WritableByteChannel {
  private final Path path;
  private @Nullable FileChannel channel;

  /** What the system calls the open file, by whatever name. */
  private @Nullable Object identity;

  AppendedFile(Path path) {
    this.path = path;
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    var current = channel;
    if (current == null || !Objects.equals(identity, identity())) {
      close();
      current = open();
    }
    try {
      return current.write(bytes);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private FileChannel open() throws IOException {
    var opened = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    channel = opened;
    identity = identity();
    return opened;
  }

  private @Nullable Object identity() throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException moved) {
      return path;
    }
  }

  @Override
  public boolean isOpen() {
    return channel != null;
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }
}
