"""CUR3xx: is what the file holds possible?"""
