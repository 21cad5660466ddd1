package dev.lethe.gateway.http;

/**
 * Where to listen.
 *
 * @param port 0 picks a free one
 */
public record Listen(String host, int port) {}
