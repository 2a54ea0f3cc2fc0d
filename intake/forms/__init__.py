"""Forms of the patient's pages: one form per page, its fields and widgets, and how they are rendered."""
