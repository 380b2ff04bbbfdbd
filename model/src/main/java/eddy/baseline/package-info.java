/** Simple forecasters that a learner must beat to be worth its cost, for numbers and classes. */
package eddy.baseline;
