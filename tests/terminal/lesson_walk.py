"""A learner who walks a lesson from its first page to its last in a real pseudo-terminal."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from lesson_text import BlockText, LessonText, PageText, bare, words_of

from tutor.draw.ascii import to_ascii

if TYPE_CHECKING:
    from collections.abc import Callable

    from pty_driver import PtyProgram

COLUMNS, ROWS = 80, 24
_PATIENCE = 20.0
"""Seconds until a walk gives up; reached only where something is wrong."""
_FRAME = 0.03
"""Seconds of silence after which a frame is whole."""
_DRAWN_WITHIN = 4.0
"""Seconds in which a screen is drawn whole, on a busy machine too."""
_SECTION_ROW = re.compile(r"^.{3}(\d+) \S")


@lru_cache(maxsize=4096)
def _bare_row(row: str) -> str:
    return bare(row)


@lru_cache(maxsize=4096)
def _bare_text(markdown: str) -> str:
    return bare(markdown)


class Walk:
    """A walk through one lesson. Whatever does not go as it should fails an assertion, which shows the screen."""

    def __init__(self, program: PtyProgram, lesson: LessonText, *, wrongly: bool) -> None:
        """Begin at home; wrongly says whether each block is first answered wrongly."""
        self.program = program
        self.lesson = lesson
        self.wrongly = wrongly
        self.page = 0
        self._rows = [""] * ROWS

    # -- what is seen

    @property
    def rows(self) -> list[str]:
        """The rows of the screen; only those that have changed since are looked at again."""
        screen = self.program._screen
        for place in screen.dirty:
            row = screen.buffer[place]
            self._rows[place] = "".join(row[column].data for column in range(COLUMNS)).rstrip()
        screen.dirty.clear()
        return self._rows

    @property
    def text(self) -> str:
        """The rows as one text."""
        return "\n".join(self.rows)

    @property
    def seen(self) -> str:
        """Everything on the screen, bare."""
        return "".join(map(_bare_row, self.rows))

    def shows(self, markdown: str) -> bool:
        """Whether a text is on the screen as a whole."""
        return _bare_text(markdown) in self.seen

    def until(self, holds: Callable[[], bool], what: str) -> None:
        """Wait until something holds."""
        self.program.wait_until(holds, f"{what} ({self._where})", _PATIENCE)

    def until_shown(self, markdown: str) -> None:
        """Wait until a text is on the screen as a whole."""
        self.until(lambda: self.shows(markdown), f"the whole of “{markdown}”")

    def until_row(self, pattern: str) -> None:
        """Wait until a row of the screen matches."""
        self.until(lambda: any(re.search(pattern, row) for row in self.rows), f"a row like {pattern}")

    def until_first_row(self, pattern: str) -> None:
        """Wait until the first row of the screen, which says how far a task is, matches."""
        self.until(lambda: re.search(pattern, self.rows[0]) is not None, f"a first row like {pattern}")

    def check(self, holds: Callable[[], bool], what: str) -> None:
        """Fail unless something holds as soon as the whole screen is drawn."""
        self.program.wait_until(holds, f"this not to be so: {what} ({self._where})", _DRAWN_WITHIN)

    @property
    def _where(self) -> str:
        return f"page {self.page + 1} of {self.lesson.path.name}"

    # -- what is done

    def type(self, text: str) -> None:
        """Type a text."""
        self.program.send(text)

    def press(self, *keys: str) -> None:
        """Press keys by their names."""
        self.program.press(*keys)

    # -- home

    def open_lesson(self) -> None:
        """Go to the lesson's row on the map, opening its section, and open it."""
        self.until(lambda: "q quit" in self.rows[-1], "home")
        first = next(row for row in self.rows if " Start" in row)
        section = self.lesson.number.partition(".")[0]
        if f" {section}." not in first:
            self._go_to(lambda row: (found := _SECTION_ROW.match(row)) is not None and found[1] == section)
            self.press("enter")
            self.until_row(rf"^\s+{section}\.1 ")
        self._go_to(lambda row: re.match(rf"^.{{3}}\s+{re.escape(self.lesson.number)} ", row) is not None)
        self.press("enter")
        self.until_page(0)

    def _go_to(self, wanted: Callable[[str], bool]) -> None:
        """Move the cursor of the map to a row; what is out of sight comes with the cursor."""
        for _ in range(100):
            self.program.wait_quiet(_FRAME)
            rows = [row for row in self.rows[1:-1] if row.strip()]
            here = next(place for place, row in enumerate(rows) if row.startswith(" > "))
            there = next((place for place, row in enumerate(rows) if wanted(row)), None)
            if here == there:
                return
            if there is not None:
                chosen = f" > {rows[there][3:]}"
                self.press(*["down" if there > here else "up"] * abs(there - here))
                self.until(lambda chosen=chosen: chosen in self.rows, f"the cursor at {chosen}")
                continue
            before = self.text
            self.press("down")
            self.until(lambda before=before: self.text != before, "the cursor to move")
        raise AssertionError(f"the lesson is not on the map; the screen:\n{self.text}")

    # -- pages

    def until_page(self, page: int) -> None:
        """Wait until a page is shown, and look at it: nothing may be cut, every word has to be there."""
        self.page = page
        place = f"page {page + 1} of {len(self.lesson.pages)}"
        self.until(lambda: place in self.rows[0], place)
        title = f"{self.lesson.number} {self.lesson.title}"
        self.check(lambda: bare(title) in bare(self.rows[0]), f"the title “{title}” is cut")
        self.check_fits()

    def check_words(self, page: PageText) -> None:
        """Look whether all words of a page's prose are on the screen."""
        wanted = {word for part in page.parts if isinstance(part, str) for word in words_of(part)}

        def lost() -> set[str]:
            return wanted - set(re.findall(r"[a-z]{4,}", to_ascii(self.text).lower()))

        self.check(lambda: not lost(), f"not all words of “{page.title}” are on the screen")

    def check_fits(self) -> None:
        """Look whether the page fits: the key line is there, and it knows of nothing further down."""
        self.check(lambda: "n next" in self.rows[-1] and "? keys" in self.rows[-1], "the key line is not in sight")
        self.program.wait_quiet(_FRAME)
        self.check(lambda: "Space more" not in self.rows[-1], f"the page is longer than {ROWS} rows")

    def check_task(self, block: BlockText, *texts: str) -> None:
        """Look whether the screen of a task shows its title and some texts, all of them as a whole."""
        lesson = f"{self.lesson.number} {self.lesson.title}"
        beside = re.compile(r"\s{2,}.*|(…|\.\.\.).*|\s\d+ of \d+ cells?$")

        def titled() -> bool:
            title = bare(beside.sub("", self.rows[0].strip()))
            return bare(lesson) in title and bare(f"{lesson} · {block.title}").startswith(title)

        self.check(titled, f"the title “{block.title}” is not in the first row")
        self.check(lambda: "? keys" in self.rows[-1], "the key line is not in sight")
        for text in texts:
            self.check(lambda text=text: self.shows(text), f"this is not on the screen as a whole: {text}")

    def go_on(self, *, done: bool) -> None:
        """Press Enter on a task that is done; where the page is done too, the next one comes by itself."""
        self.press("enter")
        last = self.page == len(self.lesson.pages) - 1
        self.until_page(self.page + 1 if done and not last else self.page)

    def close(self) -> str:
        """Go on from the last page, and return what is said there."""
        self.type("n")
        self.until(lambda: "last page" in self.text, "the end")
        said = " ".join(self.text.split())
        self.press("enter")
        self.until(lambda: "q quit" in self.rows[-1], "home")
        return said
