"""Rules about crosstalk."""
