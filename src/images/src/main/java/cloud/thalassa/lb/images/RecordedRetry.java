package cloud.thalassa.lb.images;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Takes the first interval out of what Quarkus recorded of the controllers' retries: its setter is
 * overloaded, and whether the recorder finds the right one depends on the order in which the JVM
 * happens to list methods, so that half of the builds have it. The operator says when it tries
 * again itself, and reads nothing of this.
 */
final class RecordedRetry implements CodeTransform {
  private static final String SETTER = "setInitialInterval";

  /** Of a call: the bean, and the value. */
  private static final int ARGUMENTS = 2;

  private final Deque<CodeElement> pending = new ArrayDeque<>();
  private boolean dropped;

  private RecordedRetry() {}

  static byte[] removed(byte[] type) {
    var file = ClassFile.of(ConstantPoolSharingOption.NEW_POOL);
    var transform =
        ClassTransform.transformingMethodBodies(CodeTransform.ofStateful(RecordedRetry::new));
    return file.transformClass(file.parse(type), transform);
  }

  @Override
  public void accept(CodeBuilder builder, CodeElement element) {
    switch (element) {
      case InvokeInstruction call when call.name().equalsString(SETTER) -> {
        pending.clear();
        dropped = true;
      }
      case StackInstruction pop when dropped && pop.opcode() == Opcode.POP -> dropped = false;
      default -> {
        pending.add(element);
        if (pending.size() > ARGUMENTS) {
          builder.with(pending.remove());
        }
      }
    }
  }

  @Override
  public void atEnd(CodeBuilder builder) {
    pending.forEach(builder::with);
  }
}
