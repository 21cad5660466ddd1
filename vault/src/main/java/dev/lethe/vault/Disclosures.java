package dev.lethe.vault;

import dev.lethe.vault.access.Access;
import dev.lethe.vault.access.AccessLog;
import dev.lethe.vault.api.DisclosureAnswer;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.consent.RankingBasis;
import dev.lethe.vault.profile.OpenSubject;
import dev.lethe.vault.subject.Subjects;
import io.vertx.core.Future;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * Hands out what a person agreed to, still sealed. The consent is checked here although the grant
 * could open nothing more: two locks.
 */
final class Disclosures {
  private final Subjects subjects;
  private final AccessLog accessLog;
  private final RecentDisclosures recent;
  private final Map<Purpose, LongAdder> asked = new EnumMap<>(Purpose.class);

  Disclosures(Subjects subjects, AccessLog accessLog, RecentDisclosures recent) {
    this.subjects = subjects;
    this.accessLog = accessLog;
    this.recent = recent;
    Purpose.consentables().forEach(purpose -> asked.put(purpose, new LongAdder()));
  }

  /** How often somebody was asked about, whatever the answer, by purpose. */
  Map<Purpose, Long> asked() {
    return asked.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, count -> count.getValue().sum()));
  }

  private void count(Purpose purpose) {
    Optional.ofNullable(asked.get(purpose)).ifPresent(LongAdder::increment);
  }

  Future<Outcome<DisclosureAnswer>> disclose(VaultRequest.Disclose request) {
    count(request.purpose());
    return subjects.read(
        request.caller(),
        found -> {
          var answer =
              found
                  .map(subject -> answer(subject, request.purpose()))
                  .orElseGet(DisclosureAnswer.NoConsent::new);
          request.receipt().ifPresent(name -> recent.remember(name, basis(request, answer)));
          return Outcome.done(answer);
        });
  }

  /** A stranger and who has withheld consent are not told apart here either. */
  private RankingBasis basis(VaultRequest.Disclose request, DisclosureAnswer answer) {
    return RankingBasis.of(
        subjects.pseudonym(request.caller()),
        subjects.now(),
        answer instanceof DisclosureAnswer.Disclosed disclosed
            ? Optional.of(disclosed.disclosure())
            : Optional.empty());
  }

  /** What a person agreed that a trainer may see; told in their access log. */
  DisclosureAnswer forTraining(OpenSubject subject) {
    count(Purpose.TRAINING);
    return answer(subject, Purpose.TRAINING);
  }

  private DisclosureAnswer answer(OpenSubject subject, Purpose purpose) {
    var consented = purpose.consentable() ? subject.consents().fields(purpose) : Set.<Field>of();
    if (consented.isEmpty()) {
      accessLog.record(subject, reader(purpose), purpose, Set.of(), Access.Outcome.REFUSED);
      return new DisclosureAnswer.NoConsent();
    }
    if (subjects.isRestricted(subject.subject())) {
      accessLog.record(subject, reader(purpose), purpose, consented, Access.Outcome.REFUSED);
      return new DisclosureAnswer.Restricted();
    }
    var disclosure = subject.disclosure(purpose, subjects.retention());
    if (disclosure.isEmpty()) {
      return new DisclosureAnswer.NoData();
    }
    var fields = EnumSet.copyOf(consented);
    fields.retainAll(subject.storedFields());
    accessLog.record(subject, reader(purpose), purpose, fields, Access.Outcome.DISCLOSED);
    return new DisclosureAnswer.Disclosed(disclosure.get());
  }

  private static String reader(Purpose purpose) {
    return purpose == Purpose.TRAINING ? "trainer" : "ranker";
  }
}
