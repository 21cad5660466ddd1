/**
 * The vault's contract: what travels on the event bus, and how a disclosure is opened. The only
 * vault package that other modules import.
 */
@NullMarked
package dev.lethe.vault.api;

import org.jspecify.annotations.NullMarked;
