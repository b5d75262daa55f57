package cloud.thalassa.lb.crds.manifest;

import cloud.thalassa.lb.crds.address.Cidr;
import cloud.thalassa.lb.crds.address.IpAddress;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import dev.cel.runtime.Program;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * CEL with those of Kubernetes' extension functions that our rules use. Addresses and networks are
 * carried as their canonical text, which compares as they do.
 */
final class Expressions {
  private final Cel cel;
  private final Map<String, Program> programs = new ConcurrentHashMap<>();

  Expressions() {
    cel =
        CelFactory.plannerCelBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("self", SimpleType.DYN)
            .addVar("oldSelf", SimpleType.DYN)
            .addFunctionDeclarations(
                global("isIP", SimpleType.BOOL),
                global("ip", SimpleType.STRING),
                member("family", SimpleType.INT),
                global("isCIDR", SimpleType.BOOL),
                global("cidr", SimpleType.STRING),
                member("masked", SimpleType.STRING),
                CelFunctionDecl.newFunctionDeclaration(
                    "sum",
                    CelOverloadDecl.newMemberOverload(
                        "k8s_sum", SimpleType.INT, ListType.create(SimpleType.INT))),
                CelFunctionDecl.newFunctionDeclaration(
                    "split",
                    CelOverloadDecl.newMemberOverload(
                        "k8s_split",
                        ListType.create(SimpleType.STRING),
                        SimpleType.STRING,
                        SimpleType.STRING)),
                CelFunctionDecl.newFunctionDeclaration(
                    "substring",
                    CelOverloadDecl.newMemberOverload(
                        "k8s_substring",
                        SimpleType.STRING,
                        SimpleType.STRING,
                        SimpleType.INT,
                        SimpleType.INT)))
            .addFunctionBindings(binding("isIP", text -> IpAddress.parse(text) != null))
            .addFunctionBindings(binding("ip", text -> address(text).text()))
            .addFunctionBindings(binding("family", text -> address(text).v6() ? 6L : 4L))
            .addFunctionBindings(binding("isCIDR", text -> Cidr.parse(text) != null))
            .addFunctionBindings(binding("cidr", text -> network(text).toString()))
            .addFunctionBindings(binding("masked", text -> network(text).masked().toString()))
            .addFunctionBindings(
                CelFunctionBinding.fromOverloads(
                    "sum", CelFunctionBinding.from("k8s_sum", List.class, Expressions::sum)))
            .addFunctionBindings(
                CelFunctionBinding.fromOverloads(
                    "split",
                    CelFunctionBinding.from(
                        "k8s_split",
                        String.class,
                        String.class,
                        (text, by) -> List.of(text.split(Pattern.quote(by), -1)))))
            .addFunctionBindings(
                CelFunctionBinding.fromOverloads(
                    "substring",
                    CelFunctionBinding.from(
                        "k8s_substring",
                        List.of(String.class, Long.class, Long.class),
                        arguments ->
                            ((String) arguments[0])
                                .substring(
                                    ((Long) arguments[1]).intValue(),
                                    ((Long) arguments[2]).intValue()))))
            .build();
  }

  Object evaluate(String expression, Map<String, Object> variables) {
    try {
      return programs.computeIfAbsent(expression, this::compile).eval(variables);
    } catch (CelEvaluationException e) {
      throw new Failed(expression, e);
    }
  }

  private Program compile(String expression) {
    try {
      return cel.createProgram(cel.compile(expression).getAst());
    } catch (CelValidationException | CelEvaluationException e) {
      throw new Failed(expression, e);
    }
  }

  private static long sum(List<?> numbers) {
    return numbers.stream().mapToLong(number -> (Long) number).sum();
  }

  private static IpAddress address(String text) {
    return must(text, IpAddress.parse(text));
  }

  private static Cidr network(String text) {
    return must(text, Cidr.parse(text));
  }

  private static <T> T must(String text, @Nullable T parsed) {
    if (parsed == null) {
      throw new IllegalArgumentException(text + " is not an address or a network");
    }
    return parsed;
  }

  private static Set<CelFunctionBinding> binding(
      String name, CelFunctionOverload.Unary<String> function) {
    return CelFunctionBinding.fromOverloads(
        name, CelFunctionBinding.from("k8s_" + name, String.class, function));
  }

  private static CelFunctionDecl global(String name, CelType result) {
    return CelFunctionDecl.newFunctionDeclaration(
        name, CelOverloadDecl.newGlobalOverload("k8s_" + name, result, SimpleType.STRING));
  }

  private static CelFunctionDecl member(String name, CelType result) {
    return CelFunctionDecl.newFunctionDeclaration(
        name, CelOverloadDecl.newMemberOverload("k8s_" + name, result, SimpleType.STRING));
  }

  /** The expression cannot be evaluated over these values. */
  static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1;

    Failed(String expression, Exception cause) {
      super("rule " + expression + " failed: " + cause.getMessage(), cause);
    }
  }
}
