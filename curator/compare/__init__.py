"""What differs between two calibrations, in the field's terms."""
