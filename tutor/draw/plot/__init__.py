"""What pictures of numbers are made of: a canvas, axes, strokes, marks."""
