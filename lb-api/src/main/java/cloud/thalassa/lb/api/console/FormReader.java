package cloud.thalassa.lb.api.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import cloud.thalassa.lb.api.translate.Refusal;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** Reads forms that were made for the session that sends them, and no others. */
@Provider
@Singleton
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class FormReader implements MessageBodyReader<Form> {
  private final SignedIn signedIn;

  FormReader(SignedIn signedIn) {
    this.signedIn = signedIn;
  }

  @Override
  public boolean isReadable(
      Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
    return type == Form.class;
  }

  @Override
  public Form readFrom(
      Class<Form> type,
      Type generic,
      Annotation[] annotations,
      MediaType media,
      MultivaluedMap<String, String> headers,
      InputStream body)
      throws IOException {
    var form = Form.parse(new String(body.readAllBytes(), UTF_8));
    if (signedIn.is() && !signedIn.stamped(form.text(Form.STAMP))) {
      throw Refusal.forbidden("this form was not made for your session: load the page again");
    }
    return form;
  }
}
