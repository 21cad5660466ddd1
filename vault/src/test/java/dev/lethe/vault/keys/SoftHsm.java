package dev.lethe.vault.keys;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lethe.vault.keys.KeystoreAccess.TokenChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AuthProvider;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.security.auth.login.LoginException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A token of SoftHSM, made for one test. All are initialised before the library is loaded, because
 * it sees none that come later; where they lie says the variable that the build sets.
 *
 * @param folder of its objects
 */
public record SoftHsm(Path library, String label, int slot, Path folder) {
  public static final String PIN = "the right PIN";

  private static final Logger LOG = LoggerFactory.getLogger(SoftHsm.class);
  private static final int TOKENS = 50;
  private static final List<Path> LIBRARIES =
      List.of(
          Path.of("/usr/lib/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib64/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib64/pkcs11/libsofthsm2.so"),
          Path.of("/usr/local/lib/softhsm/libsofthsm2.so"),
          Path.of("/opt/homebrew/lib/softhsm/libsofthsm2.so"));

  private static final Deque<SoftHsm> UNUSED = new ArrayDeque<>();
  private static boolean made;

  /** One that no test used before; without SoftHSM the test is skipped, and says so. */
  public static synchronized SoftHsm token() {
    var library = LIBRARIES.stream().filter(Files::exists).findFirst();
    require(
        library.isPresent(),
        "PKCS#11 keystores are NOT TESTED here: SoftHSM is missing (Debian: apt-get install"
            + " softhsm2)");
    var file = Optional.ofNullable(System.getenv("SOFTHSM2_CONF")).map(Path::of);
    require(
        file.map(Path::getParent).filter(parent -> parent.endsWith("target/softhsm")).isPresent(),
        "PKCS#11 keystores are NOT TESTED here: SOFTHSM2_CONF is not target/softhsm/softhsm2.conf,"
            + " as the build sets it");
    if (!made) {
      make(library.orElseThrow(), file.orElseThrow());
      made = true;
    }
    return UNUSED.remove();
  }

  private static void require(boolean there, String otherwise) {
    if (!there) {
      LOG.warn(otherwise);
    }
    assumeTrue(there, otherwise);
  }

  private static void make(Path library, Path file) {
    try {
      var folder = file.resolveSibling("");
      if (Files.exists(folder)) {
        try (var old = Files.walk(folder)) {
          for (var one : old.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(one);
          }
        }
      }
      var tokens = Files.createDirectories(folder.resolve("tokens"));
      Files.writeString(file, "directories.tokendir = " + tokens + "\nlog.level = ERROR\n");
      for (int i = 0; i < TOKENS; i++) {
        var before = folders(tokens);
        var label = "token-" + i;
        var printed =
            printed(
                "softhsm2-util",
                "--init-token",
                "--free",
                "--label",
                label,
                "--so-pin",
                "the officer's PIN",
                "--pin",
                PIN);
        var fresh = folders(tokens).stream().filter(one -> !before.contains(one));
        var slot = Integer.parseInt(printed.strip().replaceAll("(?s).*slot ", ""));
        UNUSED.add(new SoftHsm(library, label, slot, fresh.findFirst().orElseThrow()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> folders(Path tokens) throws IOException {
    try (var all = Files.list(tokens)) {
      return all.toList();
    }
  }

  private static String printed(String... command) throws IOException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  public KeystoreAccess.Token access() {
    return access(PIN);
  }

  KeystoreAccess.Token access(String pin) {
    return new KeystoreAccess.Token(library, new TokenChoice.Labelled(label), pin);
  }

  /** An own session with it, whatever PIN others tried. */
  Token open() {
    var access = new KeystoreAccess.Token(library, new TokenChoice.InSlot(slot), PIN);
    return Token.open(access, new RefusedPin(folder, Disk.REAL));
  }

  /** Names of the keys that it holds. */
  public Set<String> names() {
    return open().names();
  }

  /** Ends every session of this process, as when a network token restarts. */
  void logOut() {
    try {
      ((AuthProvider) TokenSlot.find(library, new TokenChoice.InSlot(slot)).provider()).logout();
    } catch (LoginException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What SoftHSM's own tool shows of each object, attributes and all. */
  List<String> objects() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      var objects = files.filter(file -> file.toString().endsWith(".object"));
      return objects
          .filter(file -> !file.endsWith("token.object"))
          .map(
              file -> {
                try {
                  return printed("softhsm2-dump-file", file.toString());
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .toList();
    }
  }

  /** As when it is pulled out. */
  void vanish() throws IOException {
    Files.move(folder, folder.resolveSibling("../gone-" + label).normalize());
  }
}
