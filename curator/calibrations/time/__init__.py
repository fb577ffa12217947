"""Dates and time scales."""
