/** Tests of the program. */
@NullMarked
package dev.lethe.gateway.app.config;

import org.jspecify.annotations.NullMarked;
