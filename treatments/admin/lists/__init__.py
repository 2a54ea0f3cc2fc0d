"""Lists of the admin: columns, rows, filters, bulk actions."""
