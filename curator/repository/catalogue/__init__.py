"""Which calibrations there are, and which validity ranges they cover."""
