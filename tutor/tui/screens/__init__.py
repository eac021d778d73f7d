"""The screens, one module each, and what they share."""
