"""Numbers without rounding: exact fractions, and reals enclosed as narrowly as asked."""
