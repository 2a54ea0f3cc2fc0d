"""Files that leave the clinic's side."""
