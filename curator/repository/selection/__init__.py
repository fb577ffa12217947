"""Which calibration applies to an exposure, and which exposures a change concerns."""
