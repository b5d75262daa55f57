package cloud.thalassa.lb.rest;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ProjectsTest {
  private static final String PATH = "/v1/projects";
  private static final Customer CUSTOMER = new Customer("projects");
  private static final Customer OTHER = new Customer("projects-other");

  @AfterAll
  static void leave() {
    CUSTOMER.close();
    OTHER.close();
  }

  private static String project(String name) {
    return CUSTOMER.create(PATH, Map.of("name", name, "labels", Map.of("name", name)));
  }

  @Test
  void isMadeAndChangedAndDeleted() {
    var identity =
        CUSTOMER
            .post(
                PATH,
                Map.of(
                    "name",
                    "'; drop table project; --",
                    "description",
                    "<b>x</b>",
                    "labels",
                    Map.of("a", "b"),
                    "annotations",
                    Map.of("c", "{{7*7}}")))
            .statusCode(201)
            .body("name", is("'; drop table project; --"))
            .body("description", is("<b>x</b>"))
            .body("slug", startsWith("drop-table-project-"))
            .body("labels", is(Map.of("a", "b")))
            .body("annotations", is(Map.of("c", "{{7*7}}")))
            .body("parentProject", nullValue())
            .body("objectVersion", is(1))
            .extract()
            .<String>path("identity");
    var path = PATH + "/" + identity;
    String slug = CUSTOMER.get(path).statusCode(200).extract().path("slug");
    CUSTOMER.get(PATH + "/" + slug).statusCode(200).body("identity", is(identity));
    CUSTOMER.get(PATH + "?matchLabels[a]=b").body("identity", contains(identity));
    CUSTOMER
        .put(PATH + "/" + slug, Map.of("name", "B"))
        .statusCode(200)
        .body("name", is("B"))
        .body("labels", is(Map.of()))
        .body("slug", is(slug))
        .body("objectVersion", is(2));
    CUSTOMER.put(path, Map.of("name", "B")).statusCode(200).body("objectVersion", is(2));
    CUSTOMER
        .put(path, Map.of("name", "C", "objectVersion", 1))
        .statusCode(409)
        .body("message", containsString("is now at version 2, not 1"));
    CUSTOMER.delete(path).statusCode(204);
    CUSTOMER.get(path).statusCode(404);
    CUSTOMER.delete(path).statusCode(404);
  }

  @Test
  void oneIsAboveAnotherAndNeverBelowItself() {
    var top = project("top");
    var middle =
        CUSTOMER
            .post(PATH, Map.of("name", "middle", "parentProjectIdentity", top))
            .statusCode(201)
            .body("parentProject.identity", is(top))
            .extract()
            .<String>path("identity");
    CUSTOMER
        .put(PATH + "/" + top, Map.of("name", "top", "parentProjectIdentity", middle))
        .statusCode(400)
        .body("message", containsString("is this project or below it"));
    CUSTOMER
        .put(PATH + "/" + top, Map.of("name", "top", "parentProjectIdentity", "nobody"))
        .statusCode(404);
    CUSTOMER
        .delete(PATH + "/" + top)
        .statusCode(409)
        .body("message", containsString("is the parent of project " + middle));
    CUSTOMER
        .put(PATH + "/" + middle, Map.of("name", "middle"))
        .statusCode(200)
        .body("parentProject", nullValue());
    CUSTOMER.delete(PATH + "/" + top).statusCode(204);
  }

  @Test
  void thoseOfOthersAreNotThere() {
    var identity = project("mine");
    OTHER.get(PATH + "/" + identity).statusCode(404);
    OTHER.put(PATH + "/" + identity, Map.of("name", "x")).statusCode(404);
    OTHER.delete(PATH + "/" + identity).statusCode(404);
    OTHER
        .post(PATH, Map.of("name", "x", "parentProjectIdentity", identity))
        .statusCode(404)
        .body("message", containsString("parentProjectIdentity: there is no project"));
    OTHER.get(PATH).statusCode(200).body("", empty());
    CUSTOMER.get(PATH).body("identity", hasItem(identity));
  }

  @Test
  void whatIsWrongIsNamed() {
    CUSTOMER.post(PATH, "{}").statusCode(400).body("message", is("name: is required"));
    CUSTOMER
        .post(PATH, Map.of("name", "x", "labels", Map.of("lb.thalassa.cloud/a", "b")))
        .statusCode(400)
        .body("message", containsString("reserved"));
    CUSTOMER
        .post(PATH, Map.of("name", "x".repeat(254)))
        .statusCode(400)
        .body("message", containsString("name: has 254 characters"));
  }
}
