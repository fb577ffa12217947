"""Region files of DS9."""
