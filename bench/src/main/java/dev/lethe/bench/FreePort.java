package dev.lethe.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A port for a program that cannot say which one it chose. */
public final class FreePort {
  private FreePort() {}

  /** One of the loopback address that nobody listens on at this moment. */
  public static int find() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
