"""FITS: cards, tables, checksums, and checks of their structure."""
