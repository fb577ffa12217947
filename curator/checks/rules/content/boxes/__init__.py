"""Rules about lists of boxes: defects and manual defects."""
