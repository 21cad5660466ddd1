/**
 * The workloads of GDPRbench: Shastri, Banakar, Wasserman, Kumar, Chidambaram, "Understanding and
 * Benchmarking the Impact of GDPR on Database Systems", PVLDB 13(7), 2020.
 */
@NullMarked
package dev.lethe.bench.gdpr;

import org.jspecify.annotations.NullMarked;
