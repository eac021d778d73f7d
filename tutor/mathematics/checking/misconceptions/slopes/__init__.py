"""Mistakes in differentiating one formula: a walk over its tree that breaks one rule at one place, the rest right."""
