"""The tables that Gen2 looks calibrations up in: which rows serve which file when."""
