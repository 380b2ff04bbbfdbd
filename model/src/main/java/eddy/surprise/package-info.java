/** How surprising a loss is: its tail probability among the losses that came before. */
package eddy.surprise;
