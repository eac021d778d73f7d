"""Whether two formulas are equal as functions: soundly, and with bounded work."""
