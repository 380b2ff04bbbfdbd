package eddy.cli;

/** How much Kafka's clients log: the setting of that name in logging.xml. */
final class ClientLog {
  private static final String LEVEL = "eddy.log.kafka.clients";

  private ClientLog() {}

  /**
   * Keeps them from warning, again and again, of what a short command tells in one line of its own:
   * a broker that does not answer, a topic that is not there. To be called before the first of them
   * is made.
   */
  static void errorsOnly() {
    if (System.getProperty(LEVEL) == null) {
      System.setProperty(LEVEL, "error");
    }
  }
}
