"""A clinic's working hours, and days and times as staff read them."""
