package cloud.thalassa.lb.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedValuesTest {
  private static final MethodTypeDesc WORDS = MethodTypeDesc.of(ConstantDescs.CD_String);

  @TempDir Path directory;

  @Test
  void twoOrdersOfTheSameStepsGiveTheSameBytes() throws IOException {
    var one = jar("one", Map.of("A", "proxykey7", "B", "proxykey12", "C", "proxykey7"));
    var other = jar("other", Map.of("A", "proxykey12", "B", "proxykey3", "C", "proxykey12"));

    assertThat(renumbered(one)).hasSameBinaryContentAs(renumbered(other));
  }

  @Test
  void whatWasOneValueStaysOne() throws Exception {
    var jar = renumbered(jar("jar", Map.of("A", "proxykey7", "B", "proxykey12", "C", "proxykey7")));

    assertThat(answers(jar))
        .isEqualTo(Map.of("A", "proxykey1", "B", "proxykey2", "C", "proxykey1"));
  }

  @Test
  void otherWordsAndFilesStay() throws Exception {
    var jar = jar("jar", Map.of("A", "a proxykey7", "B", "proxykey", "C", "\u0000\ud83d\ude00"));

    assertThat(answers(renumbered(jar))).isEqualTo(answers(jar));
  }

  private Path renumbered(Path jar) throws IOException {
    var to = directory.resolve(jar.getFileName() + ".renumbered");
    RecordedValues.renumber(jar, to);
    return to;
  }

  /** Classes that each answer with a word. */
  private Path jar(String name, Map<String, String> words) throws IOException {
    var jar = directory.resolve(name);
    try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (var word : words.entrySet()) {
        out.putNextEntry(new ZipEntry(word.getKey() + ".class"));
        out.write(type(word.getKey(), word.getValue()));
      }
    }
    return jar;
  }

  private static byte[] type(String name, String word) {
    return ClassFile.of()
        .build(
            ClassDesc.of(name),
            type ->
                type.withMethodBody(
                    "word",
                    WORDS,
                    ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                    code -> code.ldc(5L).pop2().ldc(word).areturn()));
  }

  private static Map<String, String> answers(Path jar) throws Exception {
    var answers = new TreeMap<String, String>();
    var loader = new Classes(jar);
    for (var name : new String[] {"A", "B", "C"}) {
      answers.put(name, (String) loader.loadClass(name).getMethod("word").invoke(null));
    }
    return answers;
  }

  /** Of a jar. */
  private static final class Classes extends ClassLoader {
    private final Path jar;

    Classes(Path jar) {
      this.jar = jar;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      try (var from = new ZipFile(jar.toFile())) {
        var entry = from.getEntry(name + ".class");
        var bytes = from.getInputStream(entry).readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
