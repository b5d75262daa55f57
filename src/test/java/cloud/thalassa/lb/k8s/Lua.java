package cloud.thalassa.lb.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.jse.JsePlatform;

/** Scripts, run on objects as Argo CD runs them. */
final class Lua {
  private Lua() {}

  /** What a script returns that is given an object. */
  static LuaValue run(String script, LuaValue object) {
    var lua = JsePlatform.standardGlobals();
    lua.set("obj", object);
    return lua.load(script, "script").call();
  }

  static LuaTable object(String yaml) {
    return (LuaTable) of(Repository.parse(yaml));
  }

  static LuaValue of(JsonNode node) {
    switch (node) {
      case ObjectNode object -> {
        var table = new LuaTable();
        object.properties().forEach(it -> table.set(it.getKey(), of(it.getValue())));
        return table;
      }
      case ArrayNode array -> {
        var table = new LuaTable();
        array.forEach(item -> table.insert(0, of(item)));
        return table;
      }
      default -> {
        return switch (node.getNodeType()) {
          case BOOLEAN -> LuaValue.valueOf(node.booleanValue());
          case NUMBER -> LuaValue.valueOf(node.intValue());
          case NULL, MISSING -> LuaValue.NIL;
          default -> LuaValue.valueOf(node.asText());
        };
      }
    }
  }
}
