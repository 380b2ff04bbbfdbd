/** Whether one series of losses is lower than another on the same rows, and how sure that is. */
package eddy.compare;
