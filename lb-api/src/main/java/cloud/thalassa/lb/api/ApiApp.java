package cloud.thalassa.lb.api;

import cloud.thalassa.lb.api.objects.DirectoryObjects;
import cloud.thalassa.lb.api.objects.KubernetesObjects;
import cloud.thalassa.lb.api.objects.ObjectStore;
import cloud.thalassa.lb.api.tenant.Founding;
import cloud.thalassa.lb.api.translate.Notes;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** The shell: founds what is to be founded, follows the objects, and is ready when it has them. */
@Singleton
@Readiness
@RegisterForReflection(
    classNames = { // what is read from annotations
      "cloud.thalassa.lb.api.translate.Attached",
      "cloud.thalassa.lb.api.translate.ListenerLiteral",
      "cloud.thalassa.lb.api.translate.Seating$Noted",
      "cloud.thalassa.lb.api.translate.SecurityGroupLiteral",
      "cloud.thalassa.lb.api.translate.Subnets$Noted",
      "cloud.thalassa.lb.api.translate.TargetGroupLiteral",
      "cloud.thalassa.lb.api.translate.Vpcs$Noted"
    })
class ApiApp implements QuarkusApplication, HealthCheck {
  private final ApiConfig config;
  private final Founding founding;
  private final Instance<ObjectStore> objects;

  ApiApp(ApiConfig config, Founding founding, Instance<ObjectStore> objects) {
    this.config = config;
    this.founding = founding;
    this.objects = objects;
  }

  @Produces
  @Singleton
  static ObjectStore objects(ApiConfig config, Instance<KubernetesClient> client) {
    return config.directory().isPresent()
        ? new DirectoryObjects(
            config.directory().get(), owner(config), config.dataplane().orElse(null))
        : new KubernetesObjects(client.get(), Notes.ORGANISATION);
  }

  /** Namespaces of a directory are the founders', unless their manifests say something else. */
  private static Map<String, String> owner(ApiConfig config) {
    return config
        .founder()
        .organisation()
        .map(slug -> Map.of(Notes.ORGANISATION, Founding.identity(slug)))
        .orElse(Map.of());
  }

  static void close(@Disposes ObjectStore objects) throws Exception {
    if (objects instanceof AutoCloseable following) {
      following.close();
    }
  }

  /** {@code migrate}: founds what is to be founded, in a database that is new by then, and ends. */
  @Override
  public int run(String... args) throws SQLException {
    var founder = config.founder();
    if (founder.organisation().isPresent() && founder.token().isPresent()) {
      founding.found(founder.organisation().get(), founder.token().get());
    }
    if (!List.of(args).contains("migrate")) {
      objects.get(); // which begins to follow them
      Quarkus.waitForExit();
    }
    return 0;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("objects").status(objects.get().synced()).build();
  }
}
