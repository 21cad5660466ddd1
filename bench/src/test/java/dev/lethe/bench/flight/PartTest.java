package dev.lethe.bench.flight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PartTest {
  @Test
  void theFirstClassThatBelongsToSomethingDecides() {
    assertThat(
            Part.of(
                List.of(
                    "java.util.HashMap",
                    "dev.lethe.ranker.catalog.Catalog",
                    "dev.lethe.vault.redis.RedisLane",
                    "io.netty.channel.epoll.EpollEventLoop")))
        .isEqualTo(Part.SCORING);
  }

  @Test
  void theLongestPrefixDecides() {
    assertThat(Part.of(List.of("dev.lethe.vault.crypto.Aead"))).isEqualTo(Part.CRYPTO);
    assertThat(Part.of(List.of("dev.lethe.vault.profile.Binary"))).isEqualTo(Part.PROFILE);
    assertThat(Part.of(List.of("dev.lethe.vault.redis.Wire"))).isEqualTo(Part.REDIS);
  }

  @Test
  void writingBelongsToWhoWrites() {
    assertThat(Part.of(List.of("io.netty.channel.unix.Socket", "io.vertx.redis.client.Redis")))
        .isEqualTo(Part.REDIS);
    assertThat(Part.of(List.of("io.netty.channel.unix.Socket", "java.lang.Thread")))
        .isEqualTo(Part.NETWORK);
    assertThat(Part.of(List.of("java.lang.Thread"))).isEqualTo(Part.OTHER);
  }
}
