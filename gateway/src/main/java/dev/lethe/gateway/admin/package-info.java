/**
 * The admin listener: keys, subjects, audit and catalogue, each act on record before it happens.
 */
@NullMarked
package dev.lethe.gateway.admin;

import org.jspecify.annotations.NullMarked;
