package cloud.thalassa.lb.crds.manifest;

/** Whether one word was probably meant for another. */
public final class Spelling {
  private Spelling() {}

  /** Equal but for letter case, or at most two letters changed, added or left out. */
  public static boolean near(String known, String typed) {
    return known.equalsIgnoreCase(typed)
        || distance(known, typed) <= Math.min(2, known.length() / 2);
  }

  private static int distance(String a, String b) {
    var row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, 1 + Math.min(above, row[j - 1]));
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
