package dev.lethe.vault.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import javax.security.auth.login.FailedLoginException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What SoftHSM never says, because it locks no PIN. */
final class TokenFailureTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CKR_PIN_LOCKED | the PIN of the token a-label is locked: have its security officer set a"
            + " new one",
        "CKR_PIN_EXPIRED | the PIN of the token a-label has expired: set a new one",
        "CKR_USER_PIN_NOT_INITIALIZED | the token a-label has no user PIN yet: set one",
        "CKR_PIN_LEN_RANGE | the token a-label refuses the PIN: give the right one; this one is not"
            + " tried again, because tokens lock",
        "CKR_DEVICE_ERROR | the token a-label cannot be used: CKR_DEVICE_ERROR; check that it is"
            + " attached"
      })
  void eachAnswerToALoginSaysWhatToDo(String answer, String line) {
    var slot = new TokenSlot(Path.of("/lib.so"), 3, "a-label", Set.of());
    var login = new FailedLoginException();
    login.initCause(new IllegalStateException(answer));

    assertThat(TokenFailure.ofLogin(slot, new IOException("load failed", login)))
        .isInstanceOf(KeystoreException.class)
        .hasMessage(line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CKF_USER_PIN_LOCKED | the PIN of the token a-label is locked: have its security officer"
            + " set a new one",
        "CKF_USER_PIN_FINAL_TRY | one more wrong PIN would lock the token a-label, so none is"
            + " tried: log in to it once with another tool, or set its PIN anew"
      })
  void aTokenThatWouldLockIsLeftAlone(String flag, String line) {
    var flags = Set.of("CKF_TOKEN_INITIALIZED", flag);

    assertThatThrownBy(new TokenSlot(Path.of("/lib.so"), 3, "a-label", flags)::requireTries)
        .isInstanceOf(KeystoreException.class)
        .hasMessage(line);
    assertThatCode(new TokenSlot(Path.of("/lib.so"), 3, "a-label", Set.of())::requireTries)
        .doesNotThrowAnyException();
  }
}
