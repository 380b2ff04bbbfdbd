/** The order in which events, labels, control records and foreign weights met. */
package eddy.ledger;
