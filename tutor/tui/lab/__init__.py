"""Ways into the lab and through it."""
