"""Text to expression and back: how learners and problem files write mathematics."""
