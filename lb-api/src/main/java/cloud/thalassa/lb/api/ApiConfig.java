package cloud.thalassa.lb.api;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Everything that can be set from outside, as {@code THALASSA_...} or {@code -Dthalassa...}. */
@ConfigMapping(prefix = "thalassa")
public interface ApiConfig {
  /** Works over it instead of a cluster. */
  Optional<Path> directory();

  /** Where the dataplane of the directory answers: its management, {@code ADDRESS:PORT}. */
  Optional<InetSocketAddress> dataplane();

  Region region();

  /**
   * How long the answer to who creates a load balancer waits for its address. Some clients look for
   * it there and nowhere else.
   */
  @WithDefault("1S")
  Duration addressPatience();

  Quotas quotas();

  Rate rate();

  Audit audit();

  Console console();

  Events events();

  History history();

  Founder founder();

  Database database();

  /** What clients call the cluster. */
  interface Region {
    @WithDefault("local")
    String slug();

    @WithDefault("Local")
    String name();
  }

  /** What one token may send; in between, it gains evenly what it may send next. */
  interface Rate {
    /** 0: as much as it likes. */
    @WithDefault("1000")
    int requests();

    @WithDefault("10S")
    Duration window();
  }

  /** Who changed what. */
  interface Audit {
    /** How long it is kept. */
    @WithDefault("90D")
    Duration kept();
  }

  /** For people with browsers. */
  interface Console {
    /** How long a session lasts, at most as long as its token. */
    @WithDefault("8H")
    Duration session();
  }

  /**
   * What happens to load balancers: whence it is heard, which {@code application.properties} makes
   * settings of a connector of, and who hears it from here.
   */
  interface Events {
    Connector connector();

    String host();

    int port();

    String topic();

    Optional<String> user();

    Optional<String> password();

    boolean tls();

    /** How many streams of an organisation this replica keeps open. */
    @WithDefault("100")
    int streams();

    /** How long a client may take no byte of its stream, in which there is one as often. */
    @WithDefault("10S")
    Duration patience();
  }

  /** What carries events. */
  enum Connector {
    NONE,
    AMQP,
    KAFKA
  }

  /** How long what happened, and what went through listeners, is kept. */
  interface History {
    @WithDefault("90D")
    Duration kept();

    @WithDefault("31D")
    Duration usageKept();
  }

  /** How many an organisation may have of which the database says nothing else. */
  interface Quotas {
    @WithDefault("1000")
    long loadbalancers();

    @WithDefault("50")
    long vpcs();

    @WithDefault("50")
    long subnets();

    @WithDefault("8")
    long reservedIps();
  }

  /** Makes an organisation and a token of its owner, if both are given. */
  interface Founder {
    /** Slug of the organisation. */
    Optional<String> organisation();

    Optional<String> token();
  }

  /** Read by the data sources; named here, so that they are known. */
  interface Database {
    /** {@code HOST:PORT/DATABASE}. */
    String address();

    @WithDefault("thalassa")
    String user();

    Optional<String> password();
  }
}
