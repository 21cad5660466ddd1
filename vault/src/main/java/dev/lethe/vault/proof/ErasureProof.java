package dev.lethe.vault.proof;

import dev.lethe.vault.crypto.SubjectLife;
import dev.lethe.vault.keys.EpochRing;
import dev.lethe.vault.ledger.LedgerReading;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Judges an attack: nothing of anybody erased may open, and something of somebody live has to, or
 * the attack proves nothing.
 *
 * @param only whom findings are about; everybody erased without it
 */
public record ErasureProof(EpochRing ring, LedgerReading ledger, Optional<String> only) {

  /**
   * Something of an erased person that opened.
   *
   * @param what a field by its name, or one of the names of {@link Loot}
   * @param epoch whose key led to it
   * @param held whether it is kept for a legal hold
   * @param unrecoverableAt when the ledger says that this stopped being possible; empty when it is
   *     not said yet
   */
  public record Finding(
      String pseudonym,
      long life,
      String what,
      int epoch,
      boolean held,
      Optional<Instant> unrecoverableAt)
      implements Comparable<Finding> {
    private String order() {
      return pseudonym + " " + life + " " + what + " " + epoch;
    }

    @Override
    public int compareTo(Finding other) {
      return order().compareTo(other.order());
    }
  }

  /**
   * What came out.
   *
   * @param attacked how many erased people there are of whom nothing is kept
   * @param held how many erased people there are of whom something is kept for a legal hold
   * @param opened how many live people something opened of in the copies: the control
   * @param findings sorted
   */
  public record Result(
      Attack.Effort effort, int attacked, int held, int opened, Set<Finding> findings) {
    public Result {
      findings = new TreeSet<>(findings);
    }
  }

  /**
   * Attacks. Blocks.
   *
   * @param today what Redis holds now: attacked too, but what opens of the living there is no
   *     control
   * @param copies that somebody made
   */
  public Result attack(List<Source> today, List<Source> copies) throws IOException {
    var suspects = new Suspects(ledger.erasedLives());
    var findings = new TreeSet<Finding>();
    var living = new HashSet<String>();
    var copied = Set.copyOf(copies);
    var all = new ArrayList<>(today);
    all.addAll(copies);
    var effort =
        Attack.run(
            ring,
            suspects,
            all,
            loot -> {
              if (loot.subject().isEmpty()) {
                return;
              }
              var who = loot.subject().get();
              if (!suspects.erased(who)) {
                // Whom a notice names says nothing about whether profiles open.
                if (copied.contains(loot.source()) && !loot.what().equals(Loot.NOTICE)) {
                  living.add(who.pseudonym());
                }
              } else if (only.isEmpty() || only.get().equals(who.pseudonym())) {
                findings.add(finding(who, loot));
              }
            });
    int accused = only.isPresent() ? 1 : suspects.size();
    int held = held();
    return new Result(effort, accused - held, held, living.size(), findings);
  }

  private int held() {
    return Math.toIntExact(
        ledger.erasedLives().entrySet().stream()
            .filter(erased -> only.isEmpty() || only.get().equals(erased.getKey()))
            .filter(erased -> ledger.isHeld(erased.getKey(), erased.getValue()))
            .count());
  }

  private Finding finding(SubjectLife who, Loot loot) {
    return new Finding(
        who.pseudonym(),
        who.life(),
        loot.what(),
        loot.epoch(),
        ledger.isHeld(who.pseudonym(), who.life()),
        ledger.unrecoverableAt(who.pseudonym()));
  }
}
