"""Why a value cannot be had."""


class NotDefinedError(ArithmeticError):
    """The operation has no real value there, such as the logarithm of a negative number."""


class TooWideError(ArithmeticError):
    """The enclosure is still too wide to tell; a higher precision may."""


class TooLargeError(ArithmeticError):
    """The number is beyond anything that can be worked with."""
