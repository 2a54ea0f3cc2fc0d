"""What `manage.py` can be told to do on the clinic's side."""
