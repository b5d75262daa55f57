package cloud.thalassa.lb.rest;

import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** A real Artemis with its journal on disk, as a program: DIRECTORY PORT QUEUE. */
final class Artemis {
  private Artemis() {}

  public static void main(String... args) throws Exception {
    var configuration =
        new ConfigurationImpl()
            .setPersistenceEnabled(true)
            .setJournalType(JournalType.NIO)
            .setJournalFileSize(1 << 20)
            .setJournalDirectory(args[0] + "/journal")
            .setBindingsDirectory(args[0] + "/bindings")
            .setLargeMessagesDirectory(args[0] + "/large")
            .setPagingDirectory(args[0] + "/paging")
            .setSecurityEnabled(false)
            .addAcceptorConfiguration("amqp", "tcp://0.0.0.0:" + args[1] + "?protocols=AMQP")
            // one that it made for a client it would delete when the client goes
            .addQueueConfiguration(
                QueueConfiguration.of(args[2])
                    .setRoutingType(RoutingType.ANYCAST)
                    .setDurable(true));
    var broker = new EmbeddedActiveMQ();
    broker.setConfiguration(configuration);
    broker.start();
    Thread.currentThread().join();
  }
}
