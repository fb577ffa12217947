"""A calibration as lines for people, or as a region file."""
