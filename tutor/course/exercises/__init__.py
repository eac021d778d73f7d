"""What a learner does with a block, as states: an answer makes a new state, a verdict and what is said. No screen."""
