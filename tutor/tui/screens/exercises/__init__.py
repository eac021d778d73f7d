"""The screens of exercises that need one of their own, and which block leads to which."""
