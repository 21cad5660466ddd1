package dev.lethe.ranker.model;

import dev.lethe.ranker.catalog.CatalogStore;
import java.util.Optional;

/**
 * The model in force: for the catalogue in force, with what was learned last. Both are swapped in
 * one step, so that every ranking is of one model as a whole. Thread-safe.
 */
public final class Models {
  private final CatalogStore catalogs;
  private volatile Basis basis = new Basis(0, Taught.NOTHING, Optional.empty());
  private volatile InForce inForce;

  /**
   * @param number each has another one
   * @param published what was learned from what people published
   * @param agreed what was learned from viewers who agreed to it, which comes first
   */
  private record Basis(int number, Taught published, Optional<Taught> agreed) {
    Taught taught() {
      return agreed.orElse(published);
    }
  }

  private record InForce(Basis basis, RankingModel model) {}

  public Models(CatalogStore catalogs) {
    this.catalogs = catalogs;
    this.inForce = new InForce(basis, new RankingModel(catalogs.current()));
  }

  /** Where the catalogues come from. */
  public CatalogStore catalogs() {
    return catalogs;
  }

  /** Ranks by what was learned from what people published, unless viewers have taught more. */
  public synchronized void servePublished(Taught taught) {
    if (basis.published().equals(taught)) {
      return;
    }
    basis = new Basis(basis.number() + 1, taught, basis.agreed());
  }

  /** Ranks by what was learned from viewers; empty when that is nothing. */
  public synchronized void serveAgreed(Optional<Taught> taught) {
    if (basis.agreed().equals(taught)) {
      return;
    }
    basis = new Basis(basis.number() + 1, basis.published(), taught);
  }

  /** Whether viewers have taught what is ranked by. */
  public boolean servesAgreed() {
    return basis.agreed().isPresent();
  }

  /** The model in force now. */
  public RankingModel current() {
    var now = inForce;
    var catalog = catalogs.current();
    var fresh = basis;
    if (now.model().catalog() != catalog || now.basis().number() != fresh.number()) {
      var taught = fresh.taught();
      now = new InForce(fresh, new RankingModel(catalog, taught.learned(), taught.blend()));
      inForce = now;
    }
    return now.model();
  }
}
