"""A problem of the learner's own on its way: typed and kept, told how it is read, or taken from a file. No screen."""
