"""The only writer of the clinic's side: every action of staff, and what happens by itself.

The frame (``frame.py``) locks, checks, and writes the event; a function does what its row says.
"""
