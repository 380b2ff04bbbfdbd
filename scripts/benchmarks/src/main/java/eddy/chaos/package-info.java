/** Faults of many kinds, on purpose, while apps learn; and what has to be true after them. */
package eddy.chaos;
