"""CUR0xx: can the file be read at all, and by everybody?"""
