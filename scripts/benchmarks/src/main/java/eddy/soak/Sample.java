package eddy.soak;

/**
 * What an app takes at one moment.
 *
 * @param seconds since the start
 * @param resident bytes that the system has given to the process
 * @param heap bytes in use on the heap after a full collection
 * @param direct bytes of direct buffers
 * @param rocksdb bytes of block cache, memtables and table readers
 * @param threads of the process
 * @param handles open files and sockets
 * @param store bytes of the state directory
 * @param changelog bytes of all changelogs on the broker
 * @param medianMillis from sending to reading what is committed, since the last sample
 * @param p99Millis the same
 * @param throughput predictions a second since the last sample
 */
record Sample(
    double seconds,
    long resident,
    long heap,
    long direct,
    long rocksdb,
    int threads,
    long handles,
    long store,
    long changelog,
    double medianMillis,
    double p99Millis,
    double throughput) {}
