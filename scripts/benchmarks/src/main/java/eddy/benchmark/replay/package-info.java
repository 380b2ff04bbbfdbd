/** Replays of more events than memory holds. */
package eddy.benchmark.replay;
