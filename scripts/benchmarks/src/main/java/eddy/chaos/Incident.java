package eddy.chaos;

/**
 * One fault and what came of it.
 *
 * @param at seconds since the start
 * @param what was hit, and how
 * @param held seconds from the blow until everything was put right
 * @param recovery seconds that the event which waited longest waited for its committed answer
 * @param ends how often apps ended by themselves in it
 */
record Incident(Fault fault, double at, String what, double held, double recovery, int ends) {}
