package dev.lethe.gateway.app;

import dev.lethe.gateway.app.config.Config;
import java.net.URI;
import java.nio.file.Path;

/** An instance that accepts requests. */
public interface RunningInstance extends AutoCloseable {
  /** Address for clients, with the real port. */
  URI client();

  /** Address for administrators, with the real port. */
  URI admin();

  /** PEM file to trust when connecting to either. */
  Path trustAnchor();

  /**
   * Takes no more requests, finishes those it has, and stops everything. Blocks.
   *
   * @throws FailedException when something did not stop
   */
  @Override
  void close();

  /** Starts instances. */
  interface Starter {
    /**
     * Starts one and waits until it accepts requests. Blocks.
     *
     * @throws FailedException saying in one line why it does not start; nothing is left running
     */
    RunningInstance start(Config config);
  }
}
