package dev.lethe.gateway.app;

import dev.lethe.gateway.app.config.Config;
import dev.lethe.gateway.notice.PushDelivery;
import dev.lethe.gateway.notice.PushReceiver;
import dev.lethe.vault.api.NoticeDelivery;
import dev.lethe.vault.api.NoticeReceiver;
import io.vertx.core.Vertx;
import java.util.List;

/** How those are reached who are told of erasures and withdrawals. */
final class Notices {
  private Notices() {}

  static NoticeDelivery delivery(Vertx vertx, List<Config.NoticeTarget> targets) {
    if (targets.isEmpty()) {
      return NoticeDelivery.NONE;
    }
    targets.forEach(target -> target.ca().ifPresent(PemFiles::requireCertificate));
    return new PushDelivery(
        vertx,
        targets.stream()
            .map(target -> new NoticeReceiver(target.name(), target.audience(), target.retired()))
            .toList(),
        targets.stream()
            .filter(target -> !target.retired())
            .map(
                target ->
                    new PushReceiver(
                        target.name(), target.url().orElseThrow(), target.ca(), target.tokenFile()))
            .toList());
  }
}
