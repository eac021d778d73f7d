"""The command `gdtutor train`: the training engine without the screen."""
