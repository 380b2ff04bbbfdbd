package eddy.stream;

/**
 * Who learns from the events of a key, if they were partitioned as producers do by default.
 *
 * @param partition of the input
 * @param server host and port of the instance, null where it has none
 */
public record KeyOwner(int partition, String server) {}
