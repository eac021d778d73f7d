"""The least that a Textual app can be: what the bytes of gdtutor are compared with."""

from textual.app import App, ComposeResult
from textual.widgets import Footer, Header, Input


class FloorApp(App[None]):
    """A header, a footer and a field to type in."""

    TITLE = "floor"

    def compose(self) -> ComposeResult:
        """Lay out the three."""
        yield Header()
        yield Input()
        yield Footer()


if __name__ == "__main__":
    FloorApp().run()
