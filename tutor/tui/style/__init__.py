"""How everything looks, and where it is."""
