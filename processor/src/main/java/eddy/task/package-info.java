/** What one partition's learner does with the records that reach it, in a stream or a replay. */
package eddy.task;
