package eddy.stream;

import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.state.HostInfo;

/**
 * A process that runs the app.
 *
 * @param server host and port where it is asked, null where it has none
 * @param self whether it is this one
 * @param partitions of the input that it learns from
 * @param standby partitions whose state it follows
 */
public record Instance(
    HostInfo server, boolean self, List<Integer> partitions, List<Integer> standby) {
  static List<Instance> of(KafkaStreams streams, Properties settings, String topic) {
    Object own = settings.get(StreamsConfig.APPLICATION_SERVER_CONFIG);
    Collection<StreamsMetadata> all = streams.metadataForAllStreamsClients();
    return all.stream()
        .map(
            known -> {
              HostInfo host = known.hostInfo();
              boolean reachable = host != null && host.port() > 0;
              boolean self =
                  reachable ? (host.host() + ":" + host.port()).equals(own) : all.size() == 1;
              return new Instance(
                  reachable ? host : null,
                  self,
                  partitions(known.topicPartitions(), topic),
                  partitions(known.standbyTopicPartitions(), topic));
            })
        .toList();
  }

  private static List<Integer> partitions(Set<TopicPartition> held, String topic) {
    return held.stream()
        .filter(partition -> partition.topic().equals(topic))
        .map(TopicPartition::partition)
        .sorted()
        .toList();
  }
}
