package cloud.thalassa.lb.operator.front;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.SecurityGroup;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.operator.compile.Ref;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a Service or Gateway means.
 *
 * @param loadBalancer null: none is made, and one that exists stays as it is
 * @param listeners of the ports that are served
 * @param targetGroups that go with it
 * @param securityGroup null: it asks for none
 * @param remarks what its owner must hear
 */
public record Translated(
    @Nullable LoadBalancer loadBalancer,
    List<Listener> listeners,
    List<TargetGroup> targetGroups,
    @Nullable SecurityGroup securityGroup,
    List<Remark> remarks) {
  public Translated {
    listeners = List.copyOf(listeners);
    targetGroups = List.copyOf(targetGroups);
    remarks = List.copyOf(remarks);
  }

  public static Translated refused(List<Remark> remarks) {
    return new Translated(null, List.of(), List.of(), null, remarks);
  }

  /** In the order in which they are written: what is referred to comes first. */
  public List<HasMetadata> objects() {
    var objects = new ArrayList<HasMetadata>();
    Stream.of(securityGroup, loadBalancer).filter(Objects::nonNull).forEach(objects::add);
    objects.addAll(targetGroups);
    objects.addAll(listeners);
    return objects;
  }

  /**
   * The same, unless an object of somebody else has the name of one of ours: then nothing.
   *
   * @param kind of the one that they are made for
   * @param taken whether the object of this kind and name is somebody else's
   */
  public Translated unless(String kind, Predicate<HasMetadata> taken) {
    var remarks = new Remarks(false);
    objects().stream()
        .filter(taken)
        .forEach(
            object ->
                remarks.refuse(
                    "%s %s was not made for this %s, and has the name that one for it would have: delete or rename one of the two"
                        .formatted(object.getKind(), Ref.of(object), kind)));
    return remarks.refused()
        ? refused(Stream.concat(this.remarks.stream(), remarks.list().stream()).toList())
        : this;
  }

  /** What the owner must hear and has not been told in conditions yet. */
  public List<Remark> news(List<Condition> before) {
    return remarks.stream()
        .filter(remark -> remark.cost() != Remark.Cost.NOTHING)
        .filter(
            remark -> before.stream().noneMatch(it -> it.getMessage().contains(remark.sentence())))
        .toList();
  }

  public boolean refused() {
    return loadBalancer == null;
  }
}
