package dev.lethe.gateway.app.config;

import java.nio.file.Path;

/** Reads the text of a setting. */
public interface Parser<T> {
  /**
   * @param folder that relative paths start from: the working directory, or the folder of the file
   * @throws IllegalArgumentException whose message completes "{setting}: …"
   */
  T parse(String text, Path folder);
}
