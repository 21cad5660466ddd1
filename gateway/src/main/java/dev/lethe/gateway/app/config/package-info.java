/** The table of settings, and the configuration that options, variables and file add up to. */
@NullMarked
package dev.lethe.gateway.app.config;

import org.jspecify.annotations.NullMarked;
