/** Token checks over HTTPS, beside HAProxy's. */
@NullMarked
package dev.lethe.bench.auth;

import org.jspecify.annotations.NullMarked;
