package dev.lethe.vault.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.api.SubjectRef;
import dev.lethe.vault.crypto.KeyBytes;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

final class PseudonymsTest {
  private static final byte[] PEPPER = pepper();
  private final Pseudonyms pseudonyms = new Pseudonyms(KeyBytes.copyOf(PEPPER));

  private static byte[] pepper() {
    var pepper = new byte[KeyBytes.LENGTH];
    for (int i = 0; i < pepper.length; i++) {
      pepper[i] = (byte) (i + 1);
    }
    return pepper;
  }

  /** RFC 2104 under the pepper, of texts each behind its length in bytes. */
  private static String recomputed(String... texts) throws IOException, GeneralSecurityException {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    for (var text : texts) {
      var utf8 = text.getBytes(StandardCharsets.UTF_8);
      out.writeInt(utf8.length);
      out.write(utf8);
    }
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(PEPPER, "HmacSHA256"));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(bytes.toByteArray()));
  }

  @Property
  void itIsTheMacOfIssuerAndSubject(@ForAll String issuer, @ForAll String subject)
      throws IOException, GeneralSecurityException {
    var encoder = StandardCharsets.UTF_8.newEncoder();
    if (encoder.canEncode(issuer) && encoder.canEncode(subject)) {
      assertThat(pseudonyms.of(new SubjectRef(issuer, subject)))
          .isEqualTo(recomputed("subject", issuer, subject))
          .hasSize(43);
    }
  }

  @Test
  void aTokenIsMaskedByAMacThatIsNobodysPseudonym() throws IOException, GeneralSecurityException {
    assertThat(pseudonyms.mac("token", "digest"))
        .isEqualTo(recomputed("mac", "token", "digest"))
        .isNotEqualTo(pseudonyms.of(new SubjectRef("token", "digest")));
  }

  @Property
  void noTwoPeopleMeet(
      @ForAll @StringLength(max = 3) @Chars({'a', 'b', '\0', '?', '\u00e9'}) String issuer,
      @ForAll @StringLength(max = 3) @Chars({'a', 'b', '\0', '?', '\u00e9'}) String subject,
      @ForAll @StringLength(max = 3) @Chars({'a', 'b', '\0', '?', '\u00e9'}) String otherIssuer,
      @ForAll @StringLength(max = 3) @Chars({'a', 'b', '\0', '?', '\u00e9'}) String otherSubject) {
    var one = new SubjectRef(issuer, subject);
    var other = new SubjectRef(otherIssuer, otherSubject);

    assertThat(pseudonyms.of(one).equals(pseudonyms.of(other))).isEqualTo(one.equals(other));
  }

  @Test
  void noWayToCutATextInTwoMeetsAnother() {
    var text = "https://issuer.example/subject";
    var all = new HashSet<String>();
    IntStream.rangeClosed(0, text.length())
        .forEach(
            cut ->
                all.add(
                    pseudonyms.of(new SubjectRef(text.substring(0, cut), text.substring(cut)))));

    assertThat(all).hasSize(text.length() + 1);
  }

  @Test
  void halfASurrogatePairMeetsNobody() {
    var subjects =
        List.of("?", "\ud800", "\udc00", "\ud801", "\ufffd", "\ud800\ud800", "\ud800\udc00");

    assertThat(subjects.stream().map(subject -> pseudonyms.of(new SubjectRef("issuer", subject))))
        .doesNotHaveDuplicates();
  }

  @Test
  void anotherPepperGivesOtherPseudonyms() {
    var other = PEPPER.clone();
    other[31] ^= 1;
    var person = new SubjectRef("issuer", "subject");

    assertThat(new Pseudonyms(KeyBytes.copyOf(other)).of(person))
        .isNotEqualTo(pseudonyms.of(person));
  }
}
