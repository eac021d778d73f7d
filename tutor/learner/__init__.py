"""What a learner did: events, the place to go on from, and the store that keeps both."""
