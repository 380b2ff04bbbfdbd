/** Throughput of the app beside topologies that do less. */
package eddy.benchmark.stream;
