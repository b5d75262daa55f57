package cloud.thalassa.lb.api;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import jakarta.ws.rs.POST;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The part of lb-api in the module table, and the purity of what it means. */
class ArchitectureTest {
  private static final String HERE = "cloud.thalassa.lb.api";
  private static final String[] PURE = {HERE + ".translate..", HERE + ".wire.."};

  private static final JavaClasses API =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(HERE);

  /** Values of packages whose other types reach for the world. */
  private static final DescribedPredicate<JavaClass> VALUES =
      JavaClass.Predicates.belongToAnyOf(
          InetAddress.class,
          Inet4Address.class,
          UnknownHostException.class,
          Charset.class,
          StandardCharsets.class,
          Instant.class,
          java.io.Serializable.class,
          io.fabric8.kubernetes.client.CustomResource.class);

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
        .check(API);
  }

  @Test
  void meaningReachesForNothing() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "io.quarkus..",
                    "io.smallrye..",
                    "io.vertx..",
                    "io.micrometer..",
                    "jakarta..",
                    "org.jboss..",
                    "org.hibernate..",
                    "io.fabric8.kubernetes.client..",
                    "java.io..",
                    "java.net..",
                    "java.nio..",
                    "java.sql..",
                    "java.time..",
                    "java.util.concurrent..",
                    "java.util.random..")
                .and(DescribedPredicate.not(VALUES)))
        .because("the same request to the same objects must have the same meaning")
        .check(API);
  }

  @Test
  void meaningAsksNeitherClockNorDice() {
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
        .callMethod(InetAddress.class, "getByName", String.class)
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.Random")
        .because("time and chance are passed in")
        .check(API);
  }

  @Test
  void meaningKnowsNothingOfItsUses() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .dependOnClassesThat(
            resideInAPackage(HERE + "..").and(DescribedPredicate.not(resideInAnyPackage(PURE))))
        .because("resources and stores are built on it")
        .check(API);
  }

  @Test
  void storesAndTenantsKnowNothingOfEachOther() {
    noClasses()
        .that()
        .resideInAPackage(HERE + ".objects..")
        .should()
        .dependOnClassesThat(
            resideInAPackage(HERE + "..")
                .and(DescribedPredicate.not(resideInAPackage(HERE + ".objects.."))))
        .because("whose an object is, the objects themselves say")
        .check(API);
    noClasses()
        .that()
        .resideInAPackage(HERE + ".tenant..")
        .should()
        .dependOnClassesThat(
            resideInAPackage(HERE + "..")
                .and(DescribedPredicate.not(resideInAPackage(HERE + ".tenant.."))))
        .because("the database holds nothing that the cluster holds")
        .check(API);
  }

  @Test
  void formsAreReadWhereTheirStampIsCompared() {
    methods()
        .that()
        .areAnnotatedWith(POST.class)
        .and()
        .areDeclaredInClassesThat()
        .resideInAPackage(HERE + ".console..")
        .should(
            ArchCondition.from(
                DescribedPredicate.<JavaMethod>describe(
                    "read a Form",
                    method ->
                        method.getRawParameterTypes().stream()
                            .anyMatch(it -> it.getName().equals(HERE + ".console.Form")))))
        .because("FormReader lets nobody have a form of another session, or of another site")
        .check(API);
    noClasses()
        .that()
        .resideInAPackage(HERE + "..")
        .and()
        .resideOutsideOfPackage(HERE + ".console..")
        .should()
        .dependOnClassesThat(resideInAPackage(HERE + ".console.."))
        .because("pages call the operations")
        .check(API);
  }

  @Test
  void namesSayWhatThingsAre() {
    classes()
        .should()
        .haveNameNotMatching(".*(Impl|Manager|Helper|Utils?|Abstract\\w+)")
        .because("such a name stands where a concept should")
        .check(API);
  }
}
