package cloud.thalassa.lb.api.replica;

import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.replica.Explanation;
import cloud.thalassa.lb.crds.replica.Question;
import cloud.thalassa.lb.crds.replica.Replica;
import cloud.thalassa.lb.crds.replica.ReplicaClient;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jboss.logging.Logger;

/** Asks one replica after the other. */
@ApplicationScoped
public class Replicas {
  private static final Logger log = Logger.getLogger(Replicas.class);
  private static final int TRIES = 3;

  private final ReplicaClient client = new ReplicaClient();

  /** What one said. */
  public record Answer(String replica, Explanation explanation) {}

  /**
   * What any replica says; blocks for six seconds at most.
   *
   * @param slices of the load balancer's namespace
   * @throws Unanswered none answers
   */
  public Answer explain(LoadBalancer balancer, List<EndpointSlice> slices, Question question) {
    var replicas = new ArrayList<>(Replica.of(balancer.getMetadata().getName(), slices));
    Collections.shuffle(replicas); // one that is dead costs not everybody its time
    var path = Question.PATH + "?" + question.query();
    for (var replica : replicas.subList(0, Math.min(TRIES, replicas.size()))) {
      try {
        return new Answer(replica.pod(), client.get(replica, path, Explanation.class));
      } catch (IOException e) {
        log.debugf("Replica %s did not answer: %s", replica, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    throw new Unanswered(replicas.size());
  }

  @PreDestroy
  void close() {
    client.close();
  }
}
