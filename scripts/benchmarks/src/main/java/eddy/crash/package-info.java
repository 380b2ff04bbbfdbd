/** Kills apps and brokers on purpose, and compares what is left with an undisturbed run. */
package eddy.crash;
