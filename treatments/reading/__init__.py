"""All that staff read of a person; nothing here writes."""
