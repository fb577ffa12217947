"""CUR2xx: does the header agree with the path, and can a calibration have that path?"""
