"""Verbs that answer questions about calibrations."""
