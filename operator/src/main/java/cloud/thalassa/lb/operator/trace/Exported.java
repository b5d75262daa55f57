package cloud.thalassa.lb.operator.trace;

import cloud.thalassa.lb.operator.compile.Ref;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Traces of OpenTelemetry, which go where the standard variables say. Loaded where they do. */
final class Exported implements Traces {
  /** What the variables do not say; there are no metrics and no logs to export. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "otel.service.name", "thalassa-lb-operator",
          "otel.exporter.otlp.protocol", "http/protobuf",
          "otel.metrics.exporter", "none",
          "otel.logs.exporter", "none");

  private final Tracer tracer;

  private Exported(Tracer tracer) {
    this.tracer = tracer;
  }

  static Exported start() {
    var sdk =
        AutoConfiguredOpenTelemetrySdk.builder()
            .addPropertiesSupplier(() -> DEFAULTS)
            .build()
            .getOpenTelemetrySdk();
    return new Exported(sdk.getTracer("cloud.thalassa.lb.operator"));
  }

  @Override
  public Trace begin(Ref loadBalancer, String revision, Instant start) {
    var root =
        tracer
            .spanBuilder("change of a load balancer")
            .setNoParent()
            .setStartTimestamp(start)
            .setAttribute("k8s.namespace.name", loadBalancer.namespace())
            .setAttribute("thalassa.load_balancer", loadBalancer.name())
            .setAttribute("thalassa.revision", revision)
            .startSpan();
    return new Exporting(root);
  }

  private final class Exporting implements Trace {
    private final Span root;

    Exporting(Span root) {
      this.root = root;
    }

    @Override
    public @Nullable String id() {
      var context = root.getSpanContext();
      return context.isSampled() ? context.getTraceId() : null;
    }

    @Override
    public void end(
        List<Step> steps, Map<String, String> attributes, Instant end, @Nullable String problem) {
      steps.forEach(step -> export(step, root));
      root.setAllAttributes(attributes(attributes));
      if (problem != null) {
        root.setStatus(StatusCode.ERROR, problem);
      }
      root.end(end);
    }

    private void export(Step step, Span parent) {
      var span =
          tracer
              .spanBuilder(step.name())
              .setParent(Context.root().with(parent))
              .setStartTimestamp(step.start())
              .setAllAttributes(attributes(step.attributes()))
              .startSpan();
      step.parts().forEach(part -> export(part, span));
      span.end(step.end());
    }
  }

  private static Attributes attributes(Map<String, String> attributes) {
    var builder = Attributes.builder();
    attributes.forEach(builder::put);
    return builder.build();
  }
}
