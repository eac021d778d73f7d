"""What a learner, or whoever looks after the machine, has set: one file each, read at the start."""
