"""gdtutor: how models learn, worked by hand in a terminal."""

__version__ = "0.1.0"
