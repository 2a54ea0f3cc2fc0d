"""Commands of the clinic's side."""
