/** State of keys and tasks: live objects in front of Kafka Streams' fault-tolerant stores. */
package eddy.state;
