"""Where calibrations live: paths, configuration, states of a git tree, history, and what is valid when."""
