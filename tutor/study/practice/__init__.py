"""A learner in practice: the day's session, one skill, drills, placement, and what is told of the progress."""
