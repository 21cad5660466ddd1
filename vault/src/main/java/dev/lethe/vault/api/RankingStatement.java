package dev.lethe.vault.api;

import java.util.List;
import java.util.Optional;

/**
 * What a ranker says of a ranking that it made. The vault cannot know it, and signs it as the
 * ranker's words.
 *
 * @param personalization as answered: {@code full}, {@code partial} or {@code none}
 * @param reason as answered
 * @param fieldsUsed of those that were disclosed
 * @param model version of what made it
 * @param digest of ids and scores in their order, base64url
 */
public record RankingStatement(
    String personalization,
    Optional<String> reason,
    List<Field> fieldsUsed,
    String model,
    String digest) {}
