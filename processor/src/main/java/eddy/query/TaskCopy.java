package eddy.query;

/**
 * All that decides what a task would say of the next event of a key, in stored form. The arrays are
 * the holder's own.
 *
 * @param partition of the input
 * @param task the task's own state
 * @param weights that the key is learned with, null before the first event
 * @param key state of the key, null where it has none
 */
public record TaskCopy(int partition, byte[] task, byte[] weights, byte[] key) {}
