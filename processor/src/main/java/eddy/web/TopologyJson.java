package eddy.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.Node;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.apache.kafka.streams.TopologyDescription.Source;
import org.apache.kafka.streams.TopologyDescription.Subtopology;

/** The topology that Kafka Streams runs. */
final class TopologyJson {
  private TopologyJson() {}

  static ObjectNode of(TopologyDescription topology) {
    ObjectNode json = Json.object();
    ArrayNode subtopologies = json.putArray("subtopologies");
    for (Subtopology subtopology : topology.subtopologies()) {
      ObjectNode one = subtopologies.addObject();
      one.put("id", subtopology.id());
      ArrayNode nodes = one.putArray("nodes");
      subtopology.nodes().stream()
          .sorted(Comparator.comparing(Node::name))
          .forEach(node -> write(node, nodes.addObject()));
    }
    return json;
  }

  private static void write(Node node, ObjectNode json) {
    json.put("name", node.name());
    if (node instanceof Source source) {
      json.put("type", "source");
      ArrayNode topics = json.putArray("topics");
      if (source.topicSet() != null) {
        source.topicSet().stream().sorted().forEach(topics::add);
      }
    } else if (node instanceof Sink sink) {
      json.put("type", "sink");
      json.putArray("topics").add(sink.topic());
    } else if (node instanceof Processor processor) {
      json.put("type", "processor");
      ArrayNode stores = json.putArray("stores");
      processor.stores().stream().sorted().forEach(stores::add);
    }
    ArrayNode successors = json.putArray("successors");
    node.successors().stream().map(Node::name).sorted().forEach(successors::add);
  }
}
