package dev.lethe.gateway.notice;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a receiver is.
 *
 * @param name shown to the persons concerned; the address is not
 * @param url https
 * @param ca authorities to trust instead of those of Java, PEM
 * @param tokenFile its first line is sent as a bearer token; read for each try, so that it may be
 *     replaced
 */
public record PushReceiver(String name, URI url, Optional<Path> ca, Optional<Path> tokenFile) {}
