/** Tests of who and what is drawn. */
@NullMarked
package dev.lethe.bench.gdpr;

import org.jspecify.annotations.NullMarked;
