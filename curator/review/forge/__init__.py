"""The scoreboard as the one comment of a pull request, found again and updated.

Nothing here needs a package beside Python: the job that may write comments installs no other.
"""
