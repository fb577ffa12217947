"""Shows people what a change means for the camera."""
