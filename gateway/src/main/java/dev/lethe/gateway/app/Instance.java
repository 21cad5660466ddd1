package dev.lethe.gateway.app;

import dev.lethe.gateway.app.config.Config;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;

/**
 * Everything in one process. What is started is stopped in the opposite order, after a failed start
 * as much as at the end.
 */
final class Instance implements RunningInstance {
  private final Lifecycle lifecycle;
  private final Listeners.Addresses addresses;
  private final Path trustAnchor;

  Instance(Lifecycle lifecycle, Listeners.Addresses addresses, Path trustAnchor) {
    this.lifecycle = lifecycle;
    this.addresses = addresses;
    this.trustAnchor = trustAnchor;
  }

  /**
   * Starts everything in order. Blocks until it accepts requests.
   *
   * @throws FailedException saying in one line why it does not start; nothing is left running
   */
  static Instance start(Config config, Clock clock) {
    var lifecycle = new Lifecycle();
    try {
      return new Startup(config, clock, lifecycle).run();
    } catch (RuntimeException e) {
      lifecycle.stop();
      throw e;
    }
  }

  @Override
  public URI client() {
    return addresses.client();
  }

  @Override
  public URI admin() {
    return addresses.admin();
  }

  @Override
  public Path trustAnchor() {
    return trustAnchor;
  }

  @Override
  public void close() {
    if (!lifecycle.stop()) {
      throw new FailedException("not everything stopped");
    }
  }
}
