@NullMarked
package dev.lethe.ranker.privacy;

import org.jspecify.annotations.NullMarked;
