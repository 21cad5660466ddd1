package dev.lethe.vault.redis;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** Bytes to and from a server, with a limit to its silence. */
interface RedisSocket extends Closeable {
  /**
   * Reads at least one byte; -1 at the end.
   *
   * @throws IOException also when nothing comes for too long
   */
  int read(byte[] into) throws IOException;

  void write(byte[] bytes) throws IOException;

  /** A socket of the operating system without TLS. */
  final class Plain implements RedisSocket {
    private final SocketChannel channel;
    private final Selector selector;
    private final Duration silence;

    private Plain(SocketChannel channel, Selector selector, Duration silence) {
      this.channel = channel;
      this.selector = selector;
      this.silence = silence;
    }

    static Plain connect(SocketChannel channel, SocketAddress address, Duration silence)
        throws IOException {
      var plain = new Plain(channel, Selector.open(), silence);
      try {
        channel.connect(address);
        channel.configureBlocking(false);
        channel.register(plain.selector, SelectionKey.OP_READ);
        return plain;
      } catch (IOException | RuntimeException e) {
        plain.close();
        throw e;
      }
    }

    @Override
    public int read(byte[] into) throws IOException {
      for (int got = channel.read(ByteBuffer.wrap(into)); ; ) {
        if (got != 0) {
          return got;
        }
        if (selector.select(silence.toMillis()) == 0) {
          throw new IOException("Redis is silent");
        }
        selector.selectedKeys().clear();
        got = channel.read(ByteBuffer.wrap(into));
      }
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      // Commands are short: the buffer of the socket takes them at once, or nearly so.
      for (var left = ByteBuffer.wrap(bytes); left.hasRemaining(); ) {
        if (channel.write(left) == 0) {
          Thread.onSpinWait();
        }
      }
    }

    @Override
    public void close() throws IOException {
      selector.close();
      channel.close();
    }
  }

  /**
   * A connected socket with TLS.
   *
   * @param socket with its timeout set
   */
  record Tls(Socket socket) implements RedisSocket {
    @Override
    public int read(byte[] into) throws IOException {
      return socket.getInputStream().read(into);
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
