"""Bytes to documents and back: ECSV, YAML and FITS, with the place of everything. Knows no calibrations."""
