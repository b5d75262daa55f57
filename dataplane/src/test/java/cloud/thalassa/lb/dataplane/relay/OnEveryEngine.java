package cloud.thalassa.lb.dataplane.relay;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A class of behaviour, with a {@link EngineUnderTest.Setting} as its constructor's parameter. */
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass
@MethodSource("cloud.thalassa.lb.dataplane.relay.EngineUnderTest#settings")
@Timeout(60)
@interface OnEveryEngine {}
