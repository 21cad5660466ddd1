/** Commands that play a whole story through the HTTPS interface: demo, replay, crash test. */
@NullMarked
package dev.lethe.gateway.app.story;

import org.jspecify.annotations.NullMarked;
