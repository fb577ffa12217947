"""From which edit each part of a calibration, and each masked pixel, is."""
