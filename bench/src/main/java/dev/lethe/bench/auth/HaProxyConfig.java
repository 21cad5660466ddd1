package dev.lethe.bench.auth;

import java.nio.file.Path;

/**
 * HAProxy as a careful operator sets it up to check tokens: the algorithm is one of two, each with
 * its own key, and whatever is not signed is refused. Expiry, audience and scope, which Lethe
 * checks as well, are left out.
 *
 * @param certificate with its key, PEM
 * @param rsa public key of RS256, PEM
 * @param ec public key of ES256, PEM
 * @param answer what is returned to those who have a token
 */
record HaProxyConfig(int port, int threads, Path certificate, Path rsa, Path ec, Path answer) {
  String text() {
    return """
      global
        nbthread %d
      defaults
        mode http
        timeout client 60s
        timeout http-request 60s
        timeout http-keep-alive 60s
      frontend tokens
        bind 127.0.0.1:%d ssl crt "%s" alpn http/1.1
        http-request set-var(txn.bearer) http_auth_bearer
        http-request set-var(txn.alg) var(txn.bearer),jwt_header_query('$.alg')
        acl rs256 var(txn.alg) -m str RS256
        acl es256 var(txn.alg) -m str ES256
        acl rsa_signed var(txn.bearer),jwt_verify(txn.alg,"%s") -m int 1
        acl ec_signed var(txn.bearer),jwt_verify(txn.alg,"%s") -m int 1
        http-request deny deny_status 401 unless rs256 rsa_signed or es256 ec_signed
        http-request return status 200 content-type application/json file "%s"
      """
        .formatted(threads, port, certificate, rsa, ec, answer);
  }
}
