"""Workers that are killed at a random moment, and a judge of what they leave behind."""
