"""What a learner types to make a problem of their own: read line by line, and written as a problem file."""
