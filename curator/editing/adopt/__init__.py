"""Describe the cameras of an existing repository."""
