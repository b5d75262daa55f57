package cloud.thalassa.lb.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import org.junit.jupiter.api.Test;

class RecordedRetryTest {
  private static final ClassDesc RETRY = ClassDesc.of("a.GenericRetry");

  @Test
  void withTheFirstIntervalAndWithoutItAreTheSameBytes() {
    assertThat(RecordedRetry.removed(recorded(true)))
        .isEqualTo(RecordedRetry.removed(recorded(false)));
    assertThat(recorded(true)).isNotEqualTo(recorded(false));
  }

  @Test
  void theOtherValuesStay() {
    var text = ClassFile.of().parse(RecordedRetry.removed(recorded(true))).toDebugString();

    assertThat(text).contains("setMaxInterval").doesNotContain("setInitialInterval");
  }

  private static byte[] recorded(boolean firstInterval) {
    return ClassFile.of()
        .build(
            ClassDesc.of("Recorded"),
            type ->
                type.withMethodBody(
                    "deploy",
                    MethodTypeDesc.of(ConstantDescs.CD_void, RETRY),
                    ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                    code -> {
                      if (firstInterval) {
                        code.aload(0).ldc(2_000L).invokevirtual(RETRY, "setInitialInterval", set());
                        code.pop();
                      }
                      code.aload(0).ldc(9_000L).invokevirtual(RETRY, "setMaxInterval", set());
                      code.pop().return_();
                    }));
  }

  private static MethodTypeDesc set() {
    return MethodTypeDesc.of(RETRY, ConstantDescs.CD_long);
  }
}
