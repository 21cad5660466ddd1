package dev.lethe.vault.keys;

import dev.lethe.vault.api.Purpose;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;

/** What the keys of an installation are called in a token, and what they wrap is bound to. */
record TokenNames(String installationId) {
  String installation() {
    return "lethe:" + installationId + ":installation";
  }

  String epoch(int number) {
    return epochs() + number;
  }

  private String epochs() {
    return "lethe:" + installationId + ":epoch:";
  }

  /** Numbers of the epochs that a token holds keys of. */
  Set<Integer> epochs(Set<String> all) {
    var numbers = new TreeSet<Integer>();
    for (var name : all) {
      if (name.startsWith(epochs())) {
        numbers.add(Integer.parseInt(name.substring(epochs().length())));
      }
    }
    return numbers;
  }

  byte[] bound() {
    return installation().getBytes(StandardCharsets.UTF_8);
  }

  byte[] bound(int epoch, Purpose purpose) {
    return (epoch(epoch) + ":" + purpose.name()).getBytes(StandardCharsets.UTF_8);
  }
}
