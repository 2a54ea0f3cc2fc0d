"""What people tell the clinic, sealed before it reaches the database: the cipher, the keys, the columns."""
