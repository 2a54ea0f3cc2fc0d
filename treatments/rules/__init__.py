"""The clinic's rules: from one intake document to one assessment, pure and the same every time."""
