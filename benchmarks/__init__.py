"""Measurements for docs/benchmarks.md: each job beside what people do today, in the same run."""
