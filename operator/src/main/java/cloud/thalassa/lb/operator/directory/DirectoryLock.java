package cloud.thalassa.lb.operator.directory;

import cloud.thalassa.lb.operator.StartupException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One operator writes to a directory. The system releases the lock when the process dies. */
final class DirectoryLock implements Closeable {
  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes {@code compiled/.lock}; the process id in it is for people. */
  static DirectoryLock take(Path directory, Path compiled) throws IOException {
    var channel =
        FileChannel.open(
            compiled.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        var pid = ProcessHandle.current().pid() + "\n";
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)));
        return new DirectoryLock(channel);
      }
    } catch (OverlappingFileLockException sameProcess) {
      // refused below, as another process would be
    }
    channel.close();
    throw new StartupException(
        directory + " is in use by another operator: end that one first, or use another directory");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
