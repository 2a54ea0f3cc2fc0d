"""Forms of the staff's actions: shape only; permission and state are triage's."""
