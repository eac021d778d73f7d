"""Pictures and prose as lines of text: data in, lines out; Unicode or ASCII, nothing of the screen."""
