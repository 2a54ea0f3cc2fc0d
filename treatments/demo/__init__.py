"""Invented people, what they told, what staff did with it, and the staff: the data of ``manage.py demo``."""
