"""How a calibration is written to FITS: cards, columns, units."""
