"""The actions of staff, one row each: its words, its permission, when it is refused, and where it leads."""
