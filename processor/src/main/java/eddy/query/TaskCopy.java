package eddy.query;

/**
 * All that decides what a task would say of the next event of a key, in stored form. The arrays are
 * the holder's own.
 *
 * @param partition of the input
 * @param task the task's own state
 * @param weights that the key is learned with, null before the first event
 * @param key state of the key, null where it has none
 * @param drift what is remembered of the losses of the weights, null where it is nothing
 * @param driftOfKey what is remembered of drift for the key, null where it is nothing
 */
public record TaskCopy(
    int partition, byte[] task, byte[] weights, byte[] key, byte[] drift, byte[] driftOfKey) {}
