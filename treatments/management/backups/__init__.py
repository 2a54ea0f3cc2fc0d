"""Backups of the whole database: one file encrypted with age, and beside it the counts that a restore must reach."""
