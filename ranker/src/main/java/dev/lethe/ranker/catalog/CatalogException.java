package dev.lethe.ranker.catalog;

/** No catalogue could be put in force; the message says which file, which line and why. */
public final class CatalogException extends RuntimeException {
  private static final long serialVersionUID = 1;

  CatalogException(String message) {
    super(message);
  }

  CatalogException(String message, Throwable cause) {
    super(message, cause);
  }
}
