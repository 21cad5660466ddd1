package dev.lethe.gateway.app;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.VertxOptions;

/** As many event loops as verticles of each kind: every loop has one of each. */
final class EventLoops {
  private EventLoops() {}

  /** A Vert.x with one loop for each processor. */
  static VertxOptions onePerProcessor() {
    return new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(count());
  }

  /** Deploys a verticle on every loop. */
  static DeploymentOptions onEach() {
    return new DeploymentOptions().setInstances(count());
  }

  private static int count() {
    return Runtime.getRuntime().availableProcessors();
  }
}
