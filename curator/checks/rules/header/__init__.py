"""CUR1xx: is the header complete, and does it agree with itself?"""
