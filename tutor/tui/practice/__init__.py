"""The practice on the screen: which task comes, how it is opened, and what is kept when it is done."""
