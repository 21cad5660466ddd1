package dev.lethe.vault.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HeadsFileTest {
  @TempDir Path folder;

  private Path path() {
    return folder.resolve("data").resolve("ledger.jsonl");
  }

  private HashChainFile open() {
    return HashChainFile.open(path(), Chains.CLOCK);
  }

  /** A file of three entries, of which the keystore folder knows. */
  private void fill() throws Exception {
    try (var file = open()) {
      for (var n = 1; n <= 3; n++) {
        Chains.get(file.append(Chains.body(n)));
      }
      HeadsFile.in(folder).note(List.of(file));
    }
  }

  private void check() {
    try (var file = open()) {
      HeadsFile.in(folder).check(List.of(file));
    }
  }

  @Test
  void aFileThatHasWhatIsKnownAndMoreIsAccepted() throws Exception {
    check();
    fill();
    check();
    try (var file = open()) {
      Chains.get(file.append(Chains.body(4)));
    }
    check();
  }

  @Test
  void theNoteIsForItsOwnerOnly() throws Exception {
    fill();
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("heads.json"))))
        .isEqualTo("rw-------");
    assertThat(Files.exists(folder.resolve("heads.json.new"))).isFalse();
  }

  @Test
  void aFileThatWasCutIsRefused() throws Exception {
    fill();
    Files.write(path(), Files.readAllLines(path()).subList(0, 1));

    assertThatThrownBy(this::check)
        .isInstanceOf(LedgerBehindException.class)
        .hasMessageContaining(path().toString())
        .hasMessageContaining("entries 2 to 3 are missing")
        .hasMessageContaining("put back");
  }

  @Test
  void aFileThatIsGoneIsRefused() throws Exception {
    fill();
    Files.delete(path());

    assertThatThrownBy(this::check)
        .isInstanceOf(LedgerBehindException.class)
        .hasMessageContaining("entries 1 to 3 are missing");
  }

  @Test
  void aFileInItsPlaceIsRefused() throws Exception {
    fill();
    Files.delete(path());
    try (var file = open()) {
      for (var n = 1; n <= 9; n++) {
        Chains.get(file.append(Chains.body(10 + n)));
      }
    }

    assertThatThrownBy(this::check)
        .isInstanceOf(LedgerBehindException.class)
        .hasMessageContaining("replaced")
        .hasMessageContaining("entry 3");
  }

  @Test
  void aNoteThatCannotBeWrittenIsTriedAgain() throws Exception {
    try (var file = open()) {
      Chains.get(file.append(Chains.body(1)));
      var note = folder.resolve("keystore");
      var heads = HeadsFile.in(note);
      heads.note(List.of(file));
      assertThat(Files.exists(note)).isFalse();

      Files.createDirectory(note);
      heads.note(List.of(file));
      HeadsFile.in(note).check(List.of(file));
      assertThat(note.resolve("heads.json")).content().contains(file.head());
    }
  }

  /** A process that slept while another continued the ledger, and the audit log it did not. */
  @Test
  void whatAnotherProcessNotedFurtherOnStays() throws Exception {
    var audit = folder.resolve("data").resolve("audit.jsonl");
    try (var ours = open();
        var log = HashChainFile.open(audit, Chains.CLOCK);
        var theirs =
            HashChainFile.open(folder.resolve("other").resolve("ledger.jsonl"), Chains.CLOCK)) {
      var woken = HeadsFile.in(folder);
      for (var n = 1; n <= 3; n++) {
        Chains.get(theirs.append(Chains.body(10 + n)));
      }
      HeadsFile.in(folder).note(List.of(theirs));

      for (var n = 1; n <= 3; n++) {
        Chains.get(ours.append(Chains.body(n)));
        Chains.get(log.append(Chains.body(n)));
        woken.note(List.of(ours, log));
        HeadsFile.in(folder).check(List.of(theirs, log));
      }

      assertThat(folder.resolve("heads.json")).content().contains(theirs.head(), log.head());
    }
  }

  @Test
  void aNoteThatAnotherProcessSpoiltIsLeftAsItIs() throws Exception {
    try (var file = open()) {
      var heads = HeadsFile.in(folder);
      Chains.get(file.append(Chains.body(1)));
      Files.writeString(folder.resolve("heads.json"), "[]");

      heads.note(List.of(file));

      assertThat(folder.resolve("heads.json")).hasContent("[]");
      Files.delete(folder.resolve("heads.json"));
      heads.note(List.of(file));
      assertThat(folder.resolve("heads.json")).content().contains(file.head());
    }
  }

  @Test
  void aNoteThatIsNotUnderstoodSaysWhatToDo() throws Exception {
    for (var text : List.of("", "[]", "{\"ledger\":{}}", "{\"ledger\":{\"seq\":\"x\"}}")) {
      Files.writeString(folder.resolve("heads.json"), text);
      assertThatThrownBy(() -> HeadsFile.in(folder))
          .as(text)
          .isInstanceOf(UnreadableEntryException.class)
          .hasMessageContaining("heads.json");
    }
  }
}
