/** Tests of how figures at several numbers of people are taken. */
@NullMarked
package dev.lethe.bench.scale;

import org.jspecify.annotations.NullMarked;
