/** Prequential scores: how far predictions lay from their labels, over a whole stream or lately. */
package eddy.metric;
