/** Evaluation of a configuration on recorded events, test-then-train, without a stream app. */
package eddy.replay;
