"""The way between the screens and the terminal: what is sent, what arrives, and how it ends."""
