"""A learner at work on the course, whatever shows it: lessons read, worksheets, exercises, practice. No screen."""
