"""What became of calibrations over the commits of a repository."""
