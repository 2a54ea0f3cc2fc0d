"""Numbers of the home page."""
