"""The screens: the only package that knows Textual. They show what the core computes."""
