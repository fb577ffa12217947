"""Rules about calibrations, and what asks them."""
