/** What the user writes: keys, features, targets, and what Kafka Streams is started with. */
package eddy.config;
