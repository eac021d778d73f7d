"""What this terminal, locale and home can do, and what gdtutor makes of it."""
