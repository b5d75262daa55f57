package cloud.thalassa.lb.operator;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The operator's part of the module table and of the rules of purity. */
class ArchitectureTest {
  private static final String HERE = "cloud.thalassa.lb.operator";
  private static final String[] PURE = {
    HERE + ".compile..",
    HERE + ".allocate..",
    HERE + ".status..",
    HERE + ".children..",
    HERE + ".front..",
    HERE + ".service..",
    HERE + ".gateway.."
  };

  private static final JavaClasses OPERATOR =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(HERE);

  /** Values and conversions of packages whose other types reach for the world. */
  private static final DescribedPredicate<JavaClass> VALUES =
      JavaClass.Predicates.belongToAnyOf(
          InetAddress.class,
          Inet4Address.class,
          Inet6Address.class,
          UnknownHostException.class,
          ByteBuffer.class,
          Charset.class,
          StandardCharsets.class,
          Instant.class,
          ChronoUnit.class,
          TemporalUnit.class,
          DateTimeException.class,
          java.time.Duration.class);

  @Test
  void ofOursOnlyTheKindsAreImported() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("cloud.thalassa.lb..")
                .and(
                    DescribedPredicate.not(
                        resideInAnyPackage(HERE + "..", "cloud.thalassa.lb.crds.."))))
        .because("modules meet in the kinds and nowhere else")
        .check(OPERATOR);
  }

  @Test
  void decisionsReachForNothing() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "io.quarkus..",
                    "io.smallrye..",
                    "io.vertx..",
                    "io.javaoperatorsdk..",
                    "io.micrometer..",
                    "jakarta..",
                    "org.jboss..",
                    "org.slf4j..",
                    "io.fabric8.kubernetes.client..",
                    "java.io..",
                    "java.net..",
                    "java.nio..",
                    "java.time..",
                    "java.util.concurrent..",
                    "java.util.logging..",
                    "java.util.random..")
                .and(DescribedPredicate.not(VALUES))
                .and(
                    DescribedPredicate.not(
                        JavaClass.Predicates.type(
                            io.fabric8.kubernetes.client.CustomResource.class)))
                .and(DescribedPredicate.not(JavaClass.Predicates.type(java.io.Serializable.class))))
        .because("what a decision depends on is passed in, so that it can be tested and repeated")
        .check(OPERATOR);
  }

  @Test
  void decisionsAskNeitherClockNorDice() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .orShould()
        .callMethod(System.class, "getProperty", String.class)
        .orShould()
        .callMethod(InetAddress.class, "getByName", String.class)
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.Random")
        .because("the same input must have the same meaning, whenever and wherever")
        .check(OPERATOR);
  }

  @Test
  void tracesAreTheBusinessOfOneRoom() {
    noClasses()
        .that()
        .resideOutsideOfPackage(HERE + ".trace..")
        .should()
        .dependOnClassesThat(resideInAPackage("io.opentelemetry.."))
        .because("where nobody keeps traces, nothing of OpenTelemetry is to be loaded")
        .check(OPERATOR);
  }

  @Test
  void theMeaningKnowsNothingOfItsUses() {
    noClasses()
        .that()
        .resideInAPackage(HERE + ".compile..")
        .should()
        .dependOnClassesThat(
            resideInAPackage(HERE + "..")
                .and(DescribedPredicate.not(resideInAPackage(HERE + ".compile.."))))
        .because("everything else is built on compile")
        .check(OPERATOR);
    noClasses()
        .that()
        .resideInAPackage(HERE + ".allocate..")
        .should()
        .dependOnClassesThat(
            resideInAPackage(HERE + "..")
                .and(
                    DescribedPredicate.not(
                        resideInAnyPackage(HERE + ".compile..", HERE + ".allocate.."))))
        .because("whose an address is does not depend on what is made of it")
        .check(OPERATOR);
    noClasses()
        .that()
        .resideInAPackage(HERE + ".status..")
        .should()
        .dependOnClassesThat(
            resideInAPackage(HERE + "..")
                .and(
                    DescribedPredicate.not(
                        resideInAnyPackage(
                            HERE + ".compile..", HERE + ".allocate..", HERE + ".status.."))))
        .because("a status is a function of what was compiled, allocated and reported")
        .check(OPERATOR);
    for (var room : List.of(".front..", ".service..", ".gateway..")) {
      noClasses()
          .that()
          .resideInAPackage(HERE + room)
          .should()
          .dependOnClassesThat(
              resideInAPackage(HERE + "..")
                  .and(
                      DescribedPredicate.not(
                          resideInAnyPackage(
                              HERE + ".compile..",
                              HERE + ".status..",
                              HERE + ".front..",
                              HERE + room))))
          .because("a Service or Gateway means objects that anybody could have written")
          .check(OPERATOR);
    }
  }

  @Test
  void namesSayWhatThingsAre() {
    classes()
        .should()
        .haveNameNotMatching(".*(Impl|Manager|Helper|Utils?|Abstract\\w+)")
        .because("such a name stands where a concept should")
        .check(OPERATOR);
  }
}
