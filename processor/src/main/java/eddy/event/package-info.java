/** Events as they come in and predictions as they go out: JSON, CSV, plain text, dead letters. */
package eddy.event;
