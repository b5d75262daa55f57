package cloud.thalassa.lb.dataplane.follow;

import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.HealthReport;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Documents by the names of their properties alone: Java makes a class for each kind of annotation
 * that it reads, and at a start that takes as long as all else that is read.
 */
final class PlainReaders {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .disable(MapperFeature.USE_ANNOTATIONS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addHandler(new WhatAnnotationsSay())
          .build();

  static final ObjectReader CONFIG = JSON.readerFor(ForwardingConfig.class);
  static final ObjectReader SLICE = JSON.readerFor(EndpointSlice.class);
  static final ObjectReader REPORT = JSON.readerFor(HealthReport.class);

  private PlainReaders() {}

  /** Else whoever reads first makes them, and a parser. */
  static void prepare() {
    try {
      var _ = CONFIG.readTree("{}");
    } catch (IOException e) {
      throw new UncheckedIOException("an empty object is one", e);
    }
  }

  /**
   * Of the documents, where it is not what Jackson does without: the words of enums, and one type.
   */
  private static final class WhatAnnotationsSay extends DeserializationProblemHandler {
    @Override
    public Object handleMissingInstantiator(
        DeserializationContext context,
        Class<?> type,
        ValueInstantiator instantiator,
        JsonParser value,
        String failure)
        throws IOException {
      return type == IntOrString.class
          ? new IntOrString(context.readValue(value, Object.class))
          : NOT_HANDLED;
    }

    @Override
    public Object handleWeirdStringValue(
        DeserializationContext context, Class<?> type, String word, String failure) {
      var constants = type.getEnumConstants();
      if (constants != null) {
        for (var constant : constants) {
          if (word.equals(word(type, constant))) {
            return constant;
          }
        }
      }
      return NOT_HANDLED;
    }

    private static @Nullable String word(Class<?> type, Object constant) {
      try {
        var property = type.getField(((Enum<?>) constant).name()).getAnnotation(JsonProperty.class);
        return property == null ? null : property.value();
      } catch (NoSuchFieldException e) {
        throw new IllegalStateException("every constant is a field", e);
      }
    }
  }
}
