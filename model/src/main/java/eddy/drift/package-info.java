/** Detectors of change in a series of losses, whose state can be stored. */
package eddy.drift;
