"""The mathematics of gdtutor: reading, deriving and checking, without a screen."""
