package dev.lethe.gateway.http;

/** Where a value stands in a body. Put into words only for a fault: most bodies have none. */
@FunctionalInterface
public interface Place {
  /** The body itself. */
  Place BODY = () -> "";

  /** The path, such as {@code events[3].at}; empty for the body. */
  String path();

  default Place member(String name) {
    return () -> path().isEmpty() ? name : path() + "." + name;
  }

  default Place element(int index) {
    return () -> path() + "[" + index + "]";
  }
}
