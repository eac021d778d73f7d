"""Misconceptions: buggy rules, applied to the problem's own formulas and the learner's own earlier answers.

Each family of rules looks at one cell and yields suspicions: the id, the formula that the buggy rule gives, and what
to say. A suspicion is reported only where its value is what the learner typed.
"""
