"""How a small graph becomes a picture: layers, their order, rows, and wires in the channels between them.

A picture is read from left to right: from a node along its wire, up and down where wires join, never back to the left.
Wires that merely cross do not join: the horizontal one passes behind the vertical one, `─│─`.
"""
