package cloud.thalassa.lb.kubectl.complete;

import cloud.thalassa.lb.kubectl.complete.Grammar.Verb;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A command line that ends in the middle of a word.
 *
 * @param command null: none is named yet
 * @param options given before, by their names, with their values
 * @param names words that belong to no option
 * @param open the option whose value the word is; null: none
 * @param word its beginning, possibly empty
 */
public record Line(
    @Nullable Verb command,
    Map<String, String> options,
    int names,
    @Nullable String open,
    String word) {

  public static Line of(Grammar grammar, List<String> words) {
    var before = words.isEmpty() ? List.<String>of() : words.subList(0, words.size() - 1);
    @Nullable Verb command = null;
    var options = new HashMap<String, String>();
    int names = 0;
    @Nullable String open = null;
    for (var word : before) {
      if (open != null) {
        options.put(open, word);
        open = null;
      } else if (command == null) {
        command = grammar.verb(word);
      } else if (!word.startsWith("-")) {
        names++;
      } else if (word.contains("=")) {
        options.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
      } else if (command.takesValue(word)) {
        open = word;
      }
    }
    return new Line(command, options, names, open, words.isEmpty() ? "" : words.getLast());
  }

  /** The value of an option by one of its names. */
  public Optional<String> value(String... of) {
    return List.of(of).stream().filter(options::containsKey).map(options::get).findFirst();
  }
}
