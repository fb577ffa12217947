"""Human-curated calibrations of astronomical cameras, kept in git."""

__version__ = "0.1.0"
