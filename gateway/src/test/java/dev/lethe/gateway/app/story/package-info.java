/** Stories with instances in processes of their own. */
@NullMarked
package dev.lethe.gateway.app.story;

import org.jspecify.annotations.NullMarked;
