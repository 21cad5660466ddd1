package dev.lethe.ranker.catalog;

/** A line of a catalogue breaks the format. Never leaves the package. */
final class LineFaultException extends Exception {
  private static final long serialVersionUID = 1;

  LineFaultException(String what) {
    super(what, null, false, false);
  }

  String what() {
    return String.valueOf(getMessage());
  }
}
