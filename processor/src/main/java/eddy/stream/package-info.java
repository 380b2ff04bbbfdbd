/** The learner as a Kafka Streams topology, and as an app of its own. */
package eddy.stream;
