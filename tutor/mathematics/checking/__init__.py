"""A learner's answer against the derivation: the verdict, and the name of the mistake."""
