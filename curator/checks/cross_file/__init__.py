"""What rules about many files see: facts, calibrations in the order of time, all paths."""
