package dev.lethe.ranker.model;

import dev.lethe.ranker.catalog.CatalogStore;

/**
 * The model in force: for the catalogue in force, with what was learned last. Both are swapped in
 * one step, so that every ranking is of one model as a whole. Thread-safe.
 */
public final class Models {
  private final CatalogStore catalogs;
  private volatile Basis basis = new Basis(0, Learned.NOTHING, Blend.STANDARD);
  private volatile InForce inForce;

  /**
   * @param number each has another one
   */
  private record Basis(int number, Learned learned, Blend blend) {}

  private record InForce(Basis basis, RankingModel model) {}

  public Models(CatalogStore catalogs) {
    this.catalogs = catalogs;
    this.inForce = new InForce(basis, new RankingModel(catalogs.current()));
  }

  /** Where the catalogues come from. */
  public CatalogStore catalogs() {
    return catalogs;
  }

  /** Ranks by what was learned from now on. */
  public synchronized void serve(Learned learned, Blend blend) {
    basis = new Basis(basis.number() + 1, learned, blend);
  }

  /** The model in force now. */
  public RankingModel current() {
    var now = inForce;
    var catalog = catalogs.current();
    var fresh = basis;
    if (now.model().catalog() != catalog || now.basis().number() != fresh.number()) {
      now = new InForce(fresh, new RankingModel(catalog, fresh.learned(), fresh.blend()));
      inForce = now;
    }
    return now.model();
  }
}
