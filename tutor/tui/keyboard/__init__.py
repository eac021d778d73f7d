"""Keys: the registry of all of them, their names, and those of the learner's own."""
