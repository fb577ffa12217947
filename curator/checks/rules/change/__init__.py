"""CUR5xx: is what changed what somebody meant to change?"""
