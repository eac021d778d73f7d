"""Which rows of something longer than its place on the screen are shown."""


def keep_in_sight(first: int, row: int, height: int, count: int) -> int:
    """Return the first row to show, so that a row is in sight with as little movement as possible.

    first is the row that was shown first until now, count how many rows there are.

    >>> keep_in_sight(0, 12, 10, 30), keep_in_sight(8, 12, 10, 30), keep_in_sight(8, 3, 10, 30)
    (3, 8, 3)
    """
    first = min(max(first, row - height + 1), row)
    return clamp(first, height, count)


def clamp(first: int, height: int, count: int) -> int:
    """Return the first row to show, so that no row below the last one is.

    >>> clamp(25, 10, 30), clamp(-3, 10, 30), clamp(5, 10, 8)
    (20, 0, 0)
    """
    return max(0, min(first, count - height))
