package dev.lethe.vault.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Signs with a digest over a secret: enough to tell one signer from another. */
record TestSigner(String kid) implements CheckpointSigner {
  @Override
  public String sign(byte[] statement) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(("secret of " + kid).getBytes(UTF_8));
      return HexFormat.of().formatHex(digest.digest(statement));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public boolean verifies(byte[] statement, String signedBy, String signature) {
    return kid.equals(signedBy) && sign(statement).equals(signature);
  }
}
