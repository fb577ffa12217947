"""Merge what two people did to one calibration: by keyword, row, cell and element instead of by line."""
