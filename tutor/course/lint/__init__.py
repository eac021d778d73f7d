"""The linter of lessons and problem files: it proves what can be proved, and names what is wrong by file and line."""
