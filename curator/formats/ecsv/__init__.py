"""ECSV with line numbers."""
