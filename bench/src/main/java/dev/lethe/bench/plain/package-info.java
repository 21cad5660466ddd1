/**
 * Lethe without its vault: the same gateway and ranker over profiles that are stored as JSON, as
 * services that personalise store them. It keeps no keys, checks no consent, records no access and
 * is there to be measured beside.
 */
@NullMarked
package dev.lethe.bench.plain;

import org.jspecify.annotations.NullMarked;
