package cloud.thalassa.lb.api.tenant;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The first organisation of a new installation, with the connection of the schema's owner. */
@ApplicationScoped
public class Founding {
  private static final int DIGITS = 20;

  private final DataSource owner;

  Founding(DataSource owner) {
    this.owner = owner;
  }

  /** Of the organisation that is founded under this name. */
  public static String identity(String slug) {
    return "o-" + Secret.hash(slug).substring(0, DIGITS);
  }

  /** Makes the organisation, and a token of its owner, unless they are there. */
  public void found(String slug, String token) throws SQLException {
    try (var connection = owner.getConnection();
        var statement = connection.prepareStatement("select found(?, ?, ?)")) {
      statement.setString(1, identity(slug));
      statement.setString(2, slug);
      statement.setString(3, Secret.hash(token));
      statement.execute();
    }
  }
}
