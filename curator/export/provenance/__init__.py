"""Where a FITS file comes from: stamp, source text, verification."""
