package eddy.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * What a broker is to be like: combined broker and controller on the loopback interface.
 *
 * @param nodeId its number in the cluster, from 1
 * @param port the clients' port, 0 for a free one
 * @param controllerPort the controller's port, 0 for a free one
 * @param overrides Kafka's own broker properties; they win over those made here
 */
public record BrokerSettings(
    int nodeId, int port, int controllerPort, Map<String, String> overrides) {
  static final String HOST = "127.0.0.1";

  public BrokerSettings {
    if (nodeId < 1) {
      throw new IllegalArgumentException("nodeId must be >= 1 but was " + nodeId);
    }
    requirePort("port", port);
    requirePort("controllerPort", controllerPort);
    overrides = Map.copyOf(overrides);
  }

  /** One node on free ports, with Kafka's default limits. */
  public static BrokerSettings defaults() {
    return new BrokerSettings(1, 0, 0, Map.of());
  }

  public BrokerSettings withPorts(int newPort, int newControllerPort) {
    return new BrokerSettings(nodeId, newPort, newControllerPort, overrides);
  }

  /** These settings with one of Kafka's own broker properties, such as message.max.bytes. */
  public BrokerSettings with(String property, Object value) {
    Map<String, String> changed = new LinkedHashMap<>(overrides);
    changed.put(property, String.valueOf(value));
    return new BrokerSettings(nodeId, port, controllerPort, changed);
  }

  /** Whether no port is left open, so that a second try would meet the same ports. */
  boolean portsFixed() {
    return port != 0 && controllerPort != 0;
  }

  /** These settings with ports that are free now in place of those left open. */
  public BrokerSettings withFreePorts() {
    // Both are held at once, so that they differ.
    try (ServerSocket client = bind(port);
        ServerSocket controller = bind(controllerPort)) {
      return withPorts(client.getLocalPort(), controller.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Kafka's server properties. One node replicates nothing; three nodes override the replication
   * factors and name {@code controller.quorum.voters}.
   */
  Properties properties(Path dataDirectory) {
    String clients = "PLAINTEXT://" + HOST + ":" + port;
    String controllers = "CONTROLLER://" + HOST + ":" + controllerPort;
    Properties properties = new Properties();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", String.valueOf(nodeId));
    properties.put("log.dirs", dataDirectory.resolve("log").toAbsolutePath().toString());
    properties.put("listeners", clients + "," + controllers);
    properties.put("advertised.listeners", clients + "," + controllers);
    properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put("inter.broker.listener.name", "PLAINTEXT");
    properties.put("controller.quorum.bootstrap.servers", HOST + ":" + controllerPort);
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("transaction.state.log.replication.factor", "1");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("share.coordinator.state.topic.replication.factor", "1");
    properties.put("share.coordinator.state.topic.min.isr", "1");
    properties.put("min.insync.replicas", "1");
    // Internal topics of 50 partitions each make a start slow, and one machine needs no spreading.
    properties.put("offsets.topic.num.partitions", "5");
    properties.put("transaction.state.log.num.partitions", "5");
    properties.put("auto.create.topics.enable", "false");
    properties.put("group.initial.rebalance.delay.ms", "0");
    properties.put("log.cleaner.dedupe.buffer.size", "8388608");
    // After kill -9 the controller waits for the old session to end before it lets the node back.
    properties.put("broker.session.timeout.ms", "1500");
    properties.put("broker.heartbeat.interval.ms", "300");
    properties.putAll(overrides);
    if (overrides.containsKey("controller.quorum.voters")) {
      properties.remove("controller.quorum.bootstrap.servers");
    }
    return properties;
  }

  private static ServerSocket bind(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw new IOException("Port " + port + " of " + HOST + " is taken; name another", e);
    }
  }

  private static void requirePort(String name, int port) {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException(name + " must be from 0 to 65535 but was " + port);
    }
  }
}
