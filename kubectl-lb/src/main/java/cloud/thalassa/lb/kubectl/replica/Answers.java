package cloud.thalassa.lb.kubectl.replica;

import cloud.thalassa.lb.crds.replica.Explanation;
import cloud.thalassa.lb.crds.replica.Question;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** What replicas are asked, and what they say. */
public final class Answers {
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private Answers() {}

  public static Explanation explanation(ReplicaLine line, Question question) throws Silence {
    var answer = line.get(Question.PATH + "?" + question.query());
    try {
      return JSON.readValue(answer, Explanation.class);
    } catch (JsonProcessingException e) {
      throw new Silence("it answers with something that is no explanation");
    }
  }

  /** In the format of Prometheus. */
  public static String meters(ReplicaLine line) throws Silence {
    return line.get("/q/metrics");
  }
}
