"""Rules about curves over wavelength."""
