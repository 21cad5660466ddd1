package dev.lethe.vault.redis;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Where one server is: {@code redis://[user:password@]host[:port][/db]}, {@code rediss://} for TLS,
 * or {@code unix:///path}.
 */
record RedisAddress(
    URI uri, Optional<String> user, Optional<String> password, int database, Duration silence) {
  private static final int DEFAULT_PORT = 6379;

  /**
   * Reads a URI.
   *
   * @param silence how long the server may say nothing
   * @throws RedisUnavailableException when it does not name one server
   */
  static RedisAddress of(String text, Duration silence) {
    var uri = URI.create(text);
    var scheme = Optional.ofNullable(uri.getScheme()).orElse("");
    if (!scheme.equals("unix") && !scheme.equals("redis") && !scheme.equals("rediss")) {
      throw new RedisUnavailableException(
          "this needs the URI of one server, redis://, rediss:// or unix://");
    }
    var parts = Optional.ofNullable(uri.getUserInfo()).map(info -> info.split(":", 2));
    return new RedisAddress(
        uri,
        parts.filter(both -> both.length == 2).map(both -> both[0]).filter(u -> !u.isEmpty()),
        parts.map(both -> both[both.length - 1]),
        scheme.equals("unix") ? 0 : database(uri.getPath()),
        silence);
  }

  private static int database(String path) {
    return path != null && path.matches("/\\d{1,4}") ? Integer.parseInt(path.substring(1)) : 0;
  }

  RedisSocket connect() throws IOException {
    if (uri.getScheme().equals("unix")) {
      return RedisSocket.Plain.connect(
          SocketChannel.open(StandardProtocolFamily.UNIX),
          UnixDomainSocketAddress.of(uri.getPath()),
          silence);
    }
    var host = Optional.ofNullable(uri.getHost()).orElse("localhost").replaceAll("[\\[\\]]", "");
    var address = new InetSocketAddress(host, uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort());
    if (uri.getScheme().equals("redis")) {
      return RedisSocket.Plain.connect(SocketChannel.open(), address, silence);
    }
    var socket = (SSLSocket) SSLSocketFactory.getDefault().createSocket(host, address.getPort());
    var parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.setSoTimeout(Math.toIntExact(silence.toMillis()));
    return new RedisSocket.Tls(socket);
  }

  @Override
  public String toString() {
    return "RedisAddress[hidden]";
  }
}
