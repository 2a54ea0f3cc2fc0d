"""What `manage.py` can do on the clinic's side."""
