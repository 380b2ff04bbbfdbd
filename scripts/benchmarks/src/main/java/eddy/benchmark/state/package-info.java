/** The app under load: what many keys and large keys cost, and that nothing of them is lost. */
package eddy.benchmark.state;
