"""The training engine: networks, data and formulas descended in floating point with NumPy."""
