package cloud.thalassa.lb.api.rest;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What is wrong with a body that is not what its operation takes. */
final class BodyProblems {
  private BodyProblems() {}

  static String sentence(JacksonException failure) {
    return switch (failure) {
      case MismatchedInputException it -> field(it.getPath()) + ": must be " + expected(it);
      case StreamConstraintsException _ ->
          "the body is nested too deeply, or holds too long a text";
      case JsonMappingException it -> field(it.getPath()) + ": cannot be read";
      default -> "the body is no JSON" + place(failure);
    };
  }

  private static String place(JacksonException failure) {
    var location = failure.getLocation();
    return location == null
        ? ""
        : ": line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }

  private static String field(List<JsonMappingException.Reference> path) {
    var field = new StringBuilder();
    for (var reference : path) {
      if (reference.getFieldName() == null) {
        field.append('[').append(reference.getIndex()).append(']');
      } else {
        field.append(field.isEmpty() ? "" : ".").append(reference.getFieldName());
      }
    }
    return field.isEmpty() ? "the body" : field.toString();
  }

  private static String expected(MismatchedInputException failure) {
    var type = failure.getTargetType();
    if (type == null) {
      return "something else";
    }
    if (type == String.class) {
      return "a text";
    }
    if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    }
    if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
      return "a whole number";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "a list";
    }
    return Map.class.isAssignableFrom(type) || type.isRecord() ? "an object" : "something else";
  }
}
