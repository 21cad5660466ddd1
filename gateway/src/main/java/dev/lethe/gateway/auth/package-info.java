/** Who is calling: signed tokens, checked against the keys of the configured issuers. */
@NullMarked
package dev.lethe.gateway.auth;

import org.jspecify.annotations.NullMarked;
