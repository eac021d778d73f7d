"""The skills of the course, section by section."""
