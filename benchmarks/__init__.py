"""Measurements behind the figures of the README: each job beside what people do today, in the same run."""
