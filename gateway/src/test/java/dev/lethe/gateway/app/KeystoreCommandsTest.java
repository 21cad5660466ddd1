package dev.lethe.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.keys.KeystoreHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A keystore changes its passphrase, moves to a file and back, and is kept in mirrors. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KeystoreCommandsTest {
  private UsedInstallation used;
  private Path data;
  private Path keystore;
  private Path fresh;

  @BeforeAll
  void useAnInstallation(@TempDir Path all) {
    used = new UsedInstallation(all);
  }

  @BeforeEach
  void copyIt() throws IOException {
    data = used.copy();
    keystore = UsedInstallation.keystore(data);
    fresh = UsedInstallation.write(data, "fresh", "a fresh passphrase\n");
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
  }

  private Trial keystore(String command, Object... options) {
    var arguments = new ArrayList<>(List.of("keystore", command, "--data", data.toString()));
    for (var option : options) {
      arguments.add(option.toString());
    }
    return Trial.command(data, arguments.toArray(String[]::new));
  }

  private Trial up(Object... options) {
    return Trial.up(data, List.of(options).stream().map(Object::toString).toArray(String[]::new));
  }

  @Test
  void aNewPassphraseOpensItAndTheOldOneNoMore() throws IOException {
    var old = Files.readString(keystore.resolveSibling("passphrase"));
    assertThat(KeystoreHead.costs(keystore)).containsExactly(1 << 4, 1 << 4);

    keystore("passphrase", "--new-passphrase-file", fresh).started();

    assertThat(KeystoreHead.costs(keystore)).containsExactly(1 << 14, 1 << 14);
    assertThat(keystore.resolveSibling("passphrase")).doesNotExist();
    up("--keystore-passphrase-file", fresh).started();
    assertThat(up().errors()).singleElement().asString().contains("passphrase file", "is missing");
    Files.writeString(fresh, old);
    assertThat(up("--keystore-passphrase-file", fresh).errors())
        .singleElement()
        .asString()
        .contains("does not open: the passphrase is wrong");
  }

  @Test
  void aWrongOrEmptyPassphraseChangesNothing() throws IOException {
    var before = Files.readAllBytes(keystore);
    var empty = UsedInstallation.write(data, "empty", "");

    assertThat(keystore("passphrase", "--new-passphrase-file", empty).errors())
        .singleElement()
        .asString()
        .contains("is empty");
    assertThat(
            keystore(
                    "passphrase",
                    "--new-passphrase-file",
                    fresh,
                    "--keystore-passphrase-file",
                    fresh)
                .errors())
        .singleElement()
        .asString()
        .contains("does not open");
    assertThat(keystore("passphrase").status()).isEqualTo(2);

    assertThat(keystore).hasBinaryContent(before);
    up().started();
  }

  /** It would be changed to itself, and the only copy of it removed. */
  @Test
  void theFileOfThePresentPassphraseIsNoNewOne() throws IOException {
    var own = keystore.resolveSibling("passphrase");
    var before = Files.readAllBytes(keystore);

    assertThat(keystore("passphrase", "--new-passphrase-file", own).errors())
        .singleElement()
        .asString()
        .contains("name another file");

    assertThat(keystore("passphrase", "--new-passphrase-file", data.resolve("none")).errors())
        .singleElement()
        .asString()
        .contains("no readable file");
    assertThat(own).exists();
    assertThat(keystore).hasBinaryContent(before);
    up().started();
  }

  @Test
  void nothingIsDoneWhileAnInstanceRuns() {
    var line =
        "data folder "
            + data
            + " is in use by another instance: stop that one, or name another with --data";
    var file = data.resolve("export");
    try (var folder = DataFolder.lock(data)) {
      assertThat(folder.path()).isEqualTo(data);
      keystore("passphrase", "--new-passphrase-file", fresh).refused(1, line);
      keystore("export", "--to", file, "--export-passphrase-file", fresh).refused(1, line);
      keystore("import", "--from", file, "--export-passphrase-file", fresh).refused(1, line);
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void anExportComesBackIntoAnEmptyFolderOnly() throws IOException {
    var file = data.resolve("export");
    keystore("export", "--to", file, "--export-passphrase-file", fresh).started();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    keystore("export", "--to", file, "--export-passphrase-file", fresh)
        .refused(1, "the file " + file + " exists: name a new one");
    keystore("import", "--from", file, "--export-passphrase-file", fresh)
        .refused(
            1,
            "the keystore folder "
                + keystore.getParent()
                + " is not empty: name another, or empty it");

    var other = UsedInstallation.write(data, "other", "another passphrase\n");
    UsedInstallation.remove(data.resolve("keystore"));
    assertThat(keystore("import", "--from", file, "--export-passphrase-file", other).errors())
        .singleElement()
        .asString()
        .contains(file.toString(), "does not open");
    keystore("import", "--from", file, "--export-passphrase-file", fresh).started();

    up().started();
  }

  @Test
  void aFirstStartUnderAPassphraseThatLayThereCostsInFull() throws IOException {
    data = Files.createDirectory(data.resolve("another"));
    keystore = UsedInstallation.keystore(data);
    Files.createDirectory(keystore.getParent());
    Files.copy(fresh, keystore.resolveSibling("passphrase"), StandardCopyOption.COPY_ATTRIBUTES);

    up().started();

    assertThat(KeystoreHead.costs(keystore)).containsExactly(1 << 14, 1 << 14);
  }

  @Test
  void mirrorsBringBackALostFolder() throws IOException {
    var mirror = data.resolve("mirror");
    up("--keystore-mirrors", mirror, "--keystore-passphrase-file", fresh)
        .refused(
            1,
            "vault: the keystore mirror "
                + mirror
                + " is no folder: mount or make it, or take it out of keystore.mirrors and destroy what it holds");
    Files.createDirectory(mirror);
    keystore("passphrase", "--new-passphrase-file", fresh, "--keystore-mirrors", mirror).started();
    assertThat(mirror.resolve("keystore.bcfks")).hasSameBinaryContentAs(keystore);
    var before = Files.readAllBytes(keystore);

    Files.delete(keystore);
    assertThat(up("--keystore-mirrors", mirror, "--keystore-passphrase-file", fresh).status())
        .isZero();

    assertThat(keystore).hasBinaryContent(before);
  }
}
