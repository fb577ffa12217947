"""CUR4xx: do the calibrations fit together?"""
