"""Invented people, what they answered, what staff did with it, and the staff: the data of ``manage.py demo``."""
