/** Steady load for long, and whether anything grows. */
package eddy.soak;
