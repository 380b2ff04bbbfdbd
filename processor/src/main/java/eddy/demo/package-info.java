/** The demo: a broker, an app and a stream of storms in one process, watched while it learns. */
package eddy.demo;
