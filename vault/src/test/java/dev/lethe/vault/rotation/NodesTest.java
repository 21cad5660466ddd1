package dev.lethe.vault.rotation;

import static dev.lethe.vault.redis.RedisFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.consent.ReceiptSigner;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.redis.NodeStore;
import dev.lethe.vault.redis.RedisFixture;
import dev.lethe.vault.redis.RedisLanes;
import dev.lethe.vault.redis.SealingLease;
import dev.lethe.vault.redis.SubjectStore;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node does for its lease while it is not served from its server yet. */
final class NodesTest {
  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final RedisFixture redis = RedisFixture.start();
  private final RedisLanes lanes = redis.lanes(vertx);
  private final NodeStore server = new SubjectStore(lanes).nodes();
  private final AtomicLong nanos = new AtomicLong();
  private final SealingLease lease = new SealingLease("a", nanos::get);
  private Nodes nodes;

  @BeforeEach
  void join() {
    var keystore =
        Keystore.open(
            folder,
            "a passphrase for tests".toCharArray(),
            Clock.systemUTC(),
            new SecureRandom(),
            ReceiptSigner::newKey);
    nodes = new Nodes(vertx, keystore, lease, server);
  }

  @AfterEach
  void stop() {
    await(lanes.close());
    redis.close();
    await(vertx.close());
  }

  @Test
  void aReplayLongerThanTheLeaseKeepsIt() {
    await(nodes.admit(server));
    for (int group = 0; group < 10; group++) {
      nanos.addAndGet(Duration.ofSeconds(6).toNanos());
      await(nodes.keep(server));
      assertThat(lease.left()).isEqualTo(SealingLease.LENGTH);
    }

    nanos.addAndGet(Duration.ofSeconds(4).toNanos());
    await(nodes.keep(server));
    assertThat(lease.left()).as("not asked for each time").isLessThan(SealingLease.LENGTH);
  }
}
