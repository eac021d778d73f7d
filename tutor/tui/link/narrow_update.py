"""What of a changed screen goes to the terminal: the columns that changed, and no others."""

from rich.console import Console, RenderableType
from textual._compositor import ChopsUpdate

_CURSOR_TO = "\x1b[{};{}H"


class NarrowUpdate(ChopsUpdate):
    """Sends the changed columns of each row.

    Textual's own update sends each row of a widget from the widget's left edge on, and an empty line after each.
    """

    def render_segments(self, console: Console) -> str:
        """Return what to write to the terminal."""
        return "".join(
            _CURSOR_TO.format(y + 1, max(x, x1) + 1) + strip.crop(max(x1 - x, 0), min(end, x2) - x).render(console)
            for y, x1, x2 in self.spans
            for end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False)
            if strip is not None and x < x2 and end > x1
        )


def narrow(update: RenderableType | None) -> RenderableType | None:
    """Return an update of parts of the screen in its narrow form, and anything else as it is."""
    return NarrowUpdate(update.chops, update.spans, update.chop_ends) if isinstance(update, ChopsUpdate) else update
