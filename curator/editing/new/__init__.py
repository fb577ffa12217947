"""Write new calibration files and new repositories."""
