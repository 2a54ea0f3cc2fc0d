"""Mail to patients: what is said in it, and sending it."""
