package cloud.thalassa.lb.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.ForwardingConfigSpec;
import cloud.thalassa.lb.crds.ForwardingConfigSpec.SecurityRule;
import cloud.thalassa.lb.crds.RuleAction;
import cloud.thalassa.lb.crds.RuleProtocol;
import cloud.thalassa.lb.operator.observe.InventorySnapshot;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A document that no cluster has room for, and what is served meanwhile. */
class DocumentSizeTest {
  private static final Ref FIRST = new Ref("shop", "first");
  private static final Ref SECOND = new Ref("shop", "second");

  @Test
  void whatFitsIsNoProblem() {
    assertThat(compile("first").excess()).isNull();
    assertThat(compile("first").heldBack()).isNull();
  }

  @Test
  void whatDoesNotFitIsSaidInBytesWithWhatHelps() {
    var why = DocumentSize.excess(huge());
    assertThat(why.condition()).isEqualTo(ConditionType.PROGRAMMED);
    assertThat(why.reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
    assertThat(why.message())
        .matches(
            "The forwarding document has 1,[5-9]\\d\\d,\\d{3} bytes: 1,[5-9]\\d\\d,\\d{3} in 3000 rules of"
                + " security groups, .* in 0 listeners, .*, and one object of a cluster at most"
                + " 1,500,000\\. What was written before stays in service until you use fewer rules,.*");
  }

  @Test
  void whatTheApiServerDoesNotTakeIsSaidInItsWords() {
    var held = compile("first").refused(null, "etcdserver: request is too large");
    assertThat(held.heldBack().reason()).isEqualTo(Reason.DOCUMENT_REFUSED);
    assertThat(held.heldBack().message())
        .contains("in 1 listeners", "does not take it: etcdserver: request is too large. What was");
    assertThat(held.config().getSpec().listeners()).as("nothing was there before").isEmpty();
  }

  @Test
  void theDocumentOfBeforeServesWhatIsStillTheSame() {
    var before = compile("first");
    var held = compile("first", "second").heldBack(before.config(), DocumentSize.excess(huge()));
    assertThat(held.config()).isEqualTo(before.config());
    assertThat(held.listeners().get(FIRST).accepted()).isTrue();
    assertThat(held.listeners().get(SECOND).problems())
        .containsExactly(
            new Verdict.Problem(
                ConditionType.PROGRAMMED,
                Reason.LIMIT_EXCEEDED,
                "LoadBalancer shop/web is served as it was before; its condition Programmed says what"
                    + " to change."));
  }

  @Test
  void aListenerThatChangedMeanwhileWaits() {
    var before = compile("first");
    var changed = World.listener("first", "web", 444, "web");
    var held = compile(List.of(changed)).heldBack(before.config(), DocumentSize.excess(huge()));
    assertThat(held.listeners().get(FIRST).accepted()).isFalse();
  }

  private static ForwardingConfig huge() {
    var sources = Collections.nCopies(10, "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff/128");
    var rule = new SecurityRule("office/long", RuleAction.ALLOW, RuleProtocol.TCP, null, sources);
    var config = new ForwardingConfig();
    config.setSpec(
        new ForwardingConfigSpec(
            1, "", List.of(), List.of(), List.of(), Collections.nCopies(3000, rule)));
    return config;
  }

  private static Compiled compile(String... listeners) {
    var objects = new ArrayList<HasMetadata>();
    for (int i = 0; i < listeners.length; i++) {
      objects.add(World.listener(listeners[i], "web", 443 + i, "web"));
    }
    return compile(objects);
  }

  private static Compiled compile(List<? extends HasMetadata> listeners) {
    var objects = new ArrayList<HasMetadata>(listeners);
    objects.add(World.loadBalancer("web"));
    objects.add(World.group("web"));
    var inventory = InventorySnapshot.of(objects, Site.CLUSTER);
    return Compiler.compile(
        inventory.observe(inventory.loadBalancer(new Ref("shop", "web")), Site.CLUSTER, Seat.ANY));
  }
}
