"""Pages as lines, as plain text and as files, and whether they fit the screen."""
