"""What a calibration is: header keywords, dataset types, cameras, one class per type."""
