"""What git runs to show and to merge calibrations, and how it is told."""
