package dev.lethe.gateway.app.story;

import dev.lethe.gateway.app.DevIssuer;
import dev.lethe.gateway.app.FailedException;
import dev.lethe.gateway.app.RunningInstance;
import java.time.Clock;
import java.time.Duration;

/** An instance with a client that trusts it, and tokens for whoever plays. */
final class Scene implements AutoCloseable {
  private static final String VIEWER = "profile:read profile:write consent rank erase";
  private static final String ADMIN = "admin:keys admin:subjects admin:audit admin:catalog";
  private static final Duration TTL = Duration.ofHours(12);

  private final RunningInstance instance;
  private final Stage.Props props;
  private final DevIssuer issuer;
  private final Api api;

  Scene(RunningInstance instance, Stage.Props props, Clock clock) {
    this.instance = instance;
    this.props = props;
    this.issuer = DevIssuer.open(props.folder(), clock);
    this.api = new Api(instance.client(), instance.admin(), instance.trustAnchor());
  }

  Api api() {
    return api;
  }

  /** A token of a viewer, as of now. */
  String viewer(String subject) {
    return issuer.token(subject, VIEWER, TTL);
  }

  /** A token of an administrator. */
  String admin() {
    return issuer.token("story-admin", ADMIN, TTL);
  }

  /** Starts a rotation and waits until it is complete. */
  void rotate() {
    var admin = admin();
    String id = startRotation(admin);
    Patience.until("rotation", () -> rotationComplete(admin, id));
  }

  String startRotation(String admin) {
    return api.admin("POST", "/admin/v1/key-rotations", admin)
        .json("{\"reason\":\"story\"}")
        .send()
        .expect(202)
        .body()
        .path("id")
        .asText();
  }

  boolean rotationComplete(String admin, String id) {
    var state =
        api.admin("GET", "/admin/v1/key-rotations/" + id, admin)
            .send()
            .expect(200)
            .body()
            .path("state")
            .asText();
    if (state.equals("failed")) {
      throw new FailedException("the rotation failed");
    }
    return state.equals("complete");
  }

  @Override
  public void close() {
    api.close();
    try {
      instance.close();
    } finally {
      props.close();
    }
  }
}
