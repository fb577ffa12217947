"""Convert FITS files of any origin to text."""
