/**
 * Questions to tasks while they learn, and their answers: a task's thread answers between two
 * records, by values that never change.
 */
package eddy.query;
