package dev.lethe.bench.plain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.api.Document;
import dev.lethe.vault.api.Event;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class StoredProfileTest {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
  private static final Event.Watched EARLIER =
      new Event.Watched("m-1", NOON, OptionalDouble.of(0.5), OptionalDouble.empty());
  private static final Event.Watched LATER =
      new Event.Watched("m-2", NOON.plusSeconds(1), OptionalDouble.empty(), OptionalDouble.of(4));
  private static final Event.Searched SEARCHED = new Event.Searched("space opera", NOON);
  private static final Document.Preferences PREFERENCES =
      new Document.Preferences(Map.of("Horror", -1.0), List.of("m-13"));

  @Test
  void whatIsWrittenIsReadNewestFirst() {
    var profile =
        StoredProfile.profile(
            Map.of(
                "version", new byte[] {'7'},
                "history.1", StoredProfile.events(List.of(EARLIER)),
                "history.2", StoredProfile.events(List.of(LATER)),
                "searches.3", StoredProfile.events(List.of(SEARCHED)),
                "preferences", StoredProfile.document(PREFERENCES)));

    assertThat(profile.history()).containsExactly(LATER, EARLIER);
    assertThat(profile.searches()).containsExactly(SEARCHED);
    assertThat(profile.preferences()).contains(PREFERENCES);
  }
}
