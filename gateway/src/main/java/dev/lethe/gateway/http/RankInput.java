package dev.lethe.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lethe.ranker.api.Explain;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * What a ranking is asked for.
 *
 * @param candidates ids, each once; empty means the whole catalogue
 */
public record RankInput(
    Optional<List<String>> candidates,
    int limit,
    Explain explain,
    boolean profiling,
    boolean receipt) {
  private static final int MAX_CANDIDATES = 1_000;
  private static final int DEFAULT_LIMIT = 20;
  private static final int MAX_LIMIT = 200;

  /** Reads the body of a request. */
  public static RankInput read(JsonNode body) {
    var members =
        Members.of(body, Place.BODY, "candidates", "limit", "explain", "profiling", "receipt");
    var candidates =
        members
            .list("candidates", 0, Integer.MAX_VALUE, Members::id)
            .map(ids -> List.copyOf(new LinkedHashSet<>(ids)));
    if (candidates.isPresent() && candidates.get().size() > MAX_CANDIDATES) {
      throw Members.fault("candidates", "must be at most " + MAX_CANDIDATES);
    }
    return new RankInput(
        candidates,
        members.integer("limit", 1, MAX_LIMIT).orElse(DEFAULT_LIMIT),
        members.value("explain", RankInput::explain).orElse(Explain.NOTHING),
        members.flag("profiling", true),
        members.flag("receipt", false));
  }

  private static Explain explain(JsonNode value, Place place) {
    if (value.isBoolean()) {
      return value.booleanValue() ? Explain.TERMS : Explain.NOTHING;
    }
    if (value.isTextual() && value.textValue().equals("full")) {
      return Explain.FULL;
    }
    throw Members.fault(place, "must be true, false or \"full\"");
  }
}
