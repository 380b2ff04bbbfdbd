/** A Kafka broker in this JVM or in a child of it, for the demo and the tests. */
package eddy.broker;
