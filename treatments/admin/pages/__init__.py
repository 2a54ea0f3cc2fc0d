"""Pages of the admin beside Django's own: one view a file."""
