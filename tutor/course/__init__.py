"""The course as data: its lessons, their pages and blocks, and where their numbers come from."""
