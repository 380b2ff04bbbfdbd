/** Networks that read a whole window of inputs at once, trained by back-propagation through it. */
package eddy.window;
