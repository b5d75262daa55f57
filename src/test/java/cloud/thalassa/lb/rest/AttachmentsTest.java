package cloud.thalassa.lb.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.crds.TargetGroupSpec.Target;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Target groups whose members are named one by one, and the machines that can be named. */
class AttachmentsTest {
  private static final String PATH = "/v1/loadbalancer-target-groups";
  private static final Customer CUSTOMER = new Customer("attached");
  private static Machine first;
  private static Machine second;
  private static String one;
  private static String two;

  @BeforeAll
  static void machines() {
    first = Machine.create(CUSTOMER, "machine-1", "192.0.2.1");
    second = Machine.create(CUSTOMER, "machine-2", "192.0.2.2");
    one = first.identity();
    two = second.identity();
  }

  @AfterAll
  static void leave() {
    first.close();
    second.close();
    CUSTOMER.close();
  }

  private static Map<String, Object> server(String identity) {
    return Map.of("serverIdentity", identity);
  }

  @Test
  void machineIsAttachedAndDetached() {
    var group = CUSTOMER.targetGroup("by-machine");
    var attachment =
        CUSTOMER
            .post(PATH + "/" + group + "/attach", server(one))
            .statusCode(200)
            .body("identity", matchesPattern("tga-[0-9a-v]{20}"))
            .body("virtualMachineInstance.identity", is(one))
            .body("virtualMachineInstance.name", is("machine-1"))
            .extract()
            .<String>path("identity");
    CUSTOMER
        .post(PATH + "/" + group + "/attach", server(one))
        .statusCode(200)
        .body("identity", is(attachment));
    assertThat(targets("by-machine")).containsExactly("192.0.2.1");
    CUSTOMER.delete(PATH + "/" + group + "/detach/" + one).statusCode(204);
    CUSTOMER
        .get(PATH + "/" + group)
        .statusCode(200)
        .body("loadbalancerTargetGroupAttachments", empty());
    CUSTOMER.delete(PATH + "/" + group + "/detach/" + one).statusCode(404);
    CUSTOMER.post(PATH + "/" + group + "/attach", server(one));
    CUSTOMER.delete(PATH + "/" + group + "/detach/" + attachment).statusCode(204);
  }

  @Test
  void allAreReplacedInOrderAndTheUnknownLeftOut() {
    var group = CUSTOMER.targetGroup("batch");
    var batch =
        Map.of(
            "TargetGroupID",
            group,
            "attachments",
            List.of(server(two), server("vm-gone"), server(one)));
    CUSTOMER.post(PATH + "/" + group + "/attachments", batch).statusCode(200);
    CUSTOMER
        .get(PATH + "/" + group)
        .body(
            "loadbalancerTargetGroupAttachments.virtualMachineInstance.identity",
            contains(two, one));
    assertThat(targets("batch")).containsExactly("192.0.2.2", "192.0.2.1");
    var before = CUSTOMER.object(TargetGroup.class, "batch").getMetadata().getGeneration();
    CUSTOMER.post(PATH + "/" + group + "/attachments", batch).statusCode(200);
    assertThat(CUSTOMER.object(TargetGroup.class, "batch").getMetadata().getGeneration())
        .as("the same once more touches nothing")
        .isEqualTo(before);
    CUSTOMER.put(PATH + "/" + group, Bodies.targetGroup("batch", CUSTOMER.vpc()));
    assertThat(targets("batch")).as("after another change").hasSize(2);
    CUSTOMER.post(PATH + "/" + group + "/attachments", Map.of("attachments", List.of()));
    assertThat(targets("batch")).isEmpty();
  }

  private static List<String> targets(String name) {
    return CUSTOMER.object(TargetGroup.class, name).getSpec().targets().stream()
        .map(Target::address)
        .toList();
  }

  @Test
  void unknownMachineIsNotAttached() {
    var group = CUSTOMER.targetGroup("unknown");
    CUSTOMER
        .post(PATH + "/" + group + "/attach", server("vm-nobody"))
        .statusCode(404)
        .body("message", is("serverIdentity: there is no machine \"vm-nobody\""));
    CUSTOMER
        .post(PATH + "/" + group + "/attach", server(""))
        .statusCode(400)
        .body("message", containsString("serverIdentity: "));
  }

  @Test
  void machinesAreNodes() {
    CUSTOMER
        .get("/v1/machines?vpc=" + CUSTOMER.vpc() + "&name=machine-1")
        .statusCode(200)
        .body("identity", contains(one))
        .body("slug", contains("machine-1"))
        .body("region", contains(Api.REGION))
        .body("vpc.identity", contains(CUSTOMER.vpc()))
        .body("interfaces[0].name", contains("default"));
    CUSTOMER.get("/v1/machines?vpc=vpc-other").body("", empty());
    CUSTOMER.get("/v1/machines/vm-nobody").statusCode(404);
  }
}
