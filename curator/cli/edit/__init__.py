"""Verbs that edit calibrations."""
