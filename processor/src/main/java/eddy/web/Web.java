package eddy.web;

import eddy.stream.EddyApp;

/** Serves an app where its configuration wants that; without, no class of the server is loaded. */
public final class Web {
  private Web() {}

  /**
   * Starts to serve an app that has not been started yet.
   *
   * @return what ends it; null where eddy.web.port is not set
   * @throws eddy.config.ConfigurationException where the address cannot be listened at
   */
  public static WebServer serve(EddyApp app) {
    return app.config().web().map(settings -> WebServer.start(app, settings)).orElse(null);
  }
}
