package cloud.thalassa.lb.api.console;

import java.util.List;

/**
 * What every page has.
 *
 * @param section of the navigation
 * @param person empty: nobody is signed in
 * @param organisations that the person is in
 * @param stamp of its forms
 */
public record Page(
    String title,
    String section,
    String person,
    String organisation,
    List<Choice> organisations,
    boolean owner,
    String stamp,
    Files files) {

  /** Addresses of styles and scripts. */
  public record Files(String css, String js, String htmx, String icon) {}

  public boolean signedIn() {
    return !person.isEmpty();
  }
}
