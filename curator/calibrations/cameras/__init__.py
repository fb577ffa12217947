"""The content of a camera: detectors, amplifiers, filters."""
