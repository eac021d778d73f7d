"""The lab: runs that go on step by step, seen as pictures, with everything that can be changed."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from textual.containers import Horizontal
from textual.widget import Widget

from tutor.draw.lines import spread, text_line, wrapped
from tutor.draw.text import Line, Span, join, pad_line
from tutor.engine.error import EngineError
from tutor.lab import words
from tutor.lab.bench import Bench
from tutor.lab.codes import read_code
from tutor.lab.error import LabError
from tutor.lab.knobs import Knob, knob
from tutor.lab.pictures import Pictures
from tutor.lab.settings import OwnSubject
from tutor.study.services import Services
from tutor.tui.keyboard.keys import ScreenName
from tutor.tui.lab.opening import lab_screen, open_hand_table, open_next_by_hand
from tutor.tui.lab.running import Runner
from tutor.tui.screens.ask import AskScreen, Question
from tutor.tui.screens.base import TutorScreen
from tutor.tui.scrolling import keep_in_sight
from tutor.tui.widgets.rows import Draw

_WORD_ROWS, _FEW_WORD_ROWS = 5, 3
_ROOMY = 18
"""Rows of the screen from which on there is room for all that is said."""
_TWO_PICTURES = 60
"""Columns from which on two pictures stand side by side."""
_SETTINGS_WIDTH = 34


class LabScreen(TutorScreen):
    """Pictures of runs, what the last step did, and keys for all that can be changed."""

    NAME: ClassVar[ScreenName] = "lab"

    def __init__(self, services: Services, bench: Bench) -> None:
        super().__init__(services.terminal)
        self._services = services
        self._bench = bench
        self._pictures = Pictures(services.terminal.glyphs)
        self._view = 0
        self._shows_settings = False
        self._first_setting = 0
        self._runner = Runner(bench, self.redraw)

    def compose_body(self) -> Iterator[Widget]:
        """Lay out two pictures side by side, and below them what is said."""
        with Horizontal(id="pictures"):
            yield self.rows(self._between_steps(self._draw_left), "left")
            yield self.rows(self._between_steps(self._draw_right), "right")
        yield self.rows(self._between_steps(self._draw_words), "words")

    def draw_title(self, width: int, height: int) -> Sequence[Line]:
        """Draw what is looked at, and where it stands."""
        del height
        with self._bench.lock:
            standing = words.standing(self._bench, self.terminal.glyphs)
        return self.title_line(f"Lab {self.separator} {words.subject_text(self._bench)}", standing, width)

    def hidden_keys(self) -> frozenset[str]:
        """Hide what does nothing new here: an epoch of one step."""
        return frozenset({"epoch"}) if self._bench.run.stepper.steps_per_epoch == 1 else frozenset()

    def redraw(self) -> None:
        """Give each part its place, and draw it."""
        right, left = self.query_one("#right"), self.query_one("#left")
        has_two = self.size.width >= _TWO_PICTURES and (self._shows_settings or len(self._bench.runs) == 1)
        right.display = has_two or self._shows_settings
        left.display = has_two or not self._shows_settings
        self.query_one("#words").styles.height = _WORD_ROWS if self.size.height >= _ROOMY else _FEW_WORD_ROWS
        right.styles.width = _SETTINGS_WIDTH if self._shows_settings and has_two else "1fr"
        super().redraw()

    async def put_away(self) -> None:
        """Stop running before the screen goes."""
        await self._runner.stop()

    # -- what keys do

    async def do_step(self) -> None:
        """Take one step."""
        await self._still(self._bench.step)

    async def do_epoch(self) -> None:
        """Take the steps up to the end of the epoch."""
        await self._runner.stop()
        await asyncio.to_thread(self._bench.epoch)
        self.redraw()

    async def do_step_back(self) -> None:
        """Take the last step back."""
        await self._still(self._bench.back)

    async def do_run(self) -> None:
        """Run, or stop."""
        if self._runner.is_running:
            await self._runner.stop()
        else:
            self._bench.said = ""
            self._runner.start()
        self.redraw()

    async def do_restart(self) -> None:
        """Go to the start."""
        await self._still(self._bench.reset)

    async def do_new_seed(self) -> None:
        """Start with the next seed."""
        await self._still(self._bench.new_seed)

    async def do_faster(self) -> None:
        """Run faster."""
        self._runner.change_speed(1)
        self.redraw()

    async def do_slower(self) -> None:
        """Run slower."""
        self._runner.change_speed(-1)
        self.redraw()

    async def do_more_eta(self) -> None:
        """Make the learning rate larger."""
        await self._turn(knob("η"), 1)

    async def do_less_eta(self) -> None:
        """Make the learning rate smaller."""
        await self._turn(knob("η"), -1)

    async def do_next_rule(self) -> None:
        """Take the next update rule, after the last one the first."""
        rule = knob("rule")
        is_last = rule.value(self._bench.settings) == rule.values[-1]
        await self._turn(rule, 1 - len(rule.values) if is_last else 1)

    async def do_settings(self) -> None:
        """Show or hide the list of settings."""
        self._shows_settings = not self._shows_settings
        self.redraw()

    async def do_up(self) -> None:
        """Choose the setting above."""
        self._choose(-1)

    async def do_down(self) -> None:
        """Choose the setting below."""
        self._choose(1)

    async def do_turn_down(self) -> None:
        """Give the chosen setting its value before."""
        await self._turn_chosen(-1)

    async def do_turn_up(self) -> None:
        """Give the chosen setting its next value."""
        await self._turn_chosen(1)

    async def do_type_value(self) -> None:
        """Ask for a value of the chosen setting."""
        if not self._shows_settings:
            self._choose(0)
            return
        each = self._bench.chosen

        async def take(text: str) -> str:
            async with self._runner.paused():
                try:
                    self._bench.type_value(each, text)
                except EngineError as error:
                    return str(error)
            return ""

        question = f"{each.name[:1].upper()}{each.name[1:]}: {each.shown(self._bench.settings)} now. Which value?"
        await self.app.push_screen(AskScreen(self.terminal, Question(each.name, question), take))

    async def do_by_hand(self) -> None:
        """Show the step just taken as a table."""
        await self._runner.stop()
        await open_hand_table(self.app, self._services, self._bench)
        self.redraw()

    async def do_next_by_hand(self) -> None:
        """Let the next step be worked by hand, and then take it."""
        await self._runner.stop()
        await open_next_by_hand(self.app, self._services, self._bench)
        self.redraw()

    async def do_view(self) -> None:
        """Show the next picture."""
        self._view += 1
        self.redraw()

    async def do_fog(self) -> None:
        """Let fog come, or go."""
        self._pictures.fog = not self._pictures.fog
        self._bench.said = (
            "Fog: only what is near the points visited is seen." if self._pictures.fog else "The fog is gone."
        )
        self.redraw()

    async def do_add_run(self) -> None:
        """Put another run beside the others."""
        await self._still(self._bench.add_run)

    async def do_next_run(self) -> None:
        """Look at the next run."""
        await self._still(self._bench.next_run)

    async def do_drop_run(self) -> None:
        """Take this run away."""
        await self._still(self._bench.drop_run)

    async def do_code(self) -> None:
        """Show the code of this lab, and take another one."""
        try:
            said = f"This lab has the code {self._bench.code()}"
        except LabError as error:
            said = str(error)

        async def take(text: str) -> str:
            if not text.strip():
                return ""
            try:
                lab = read_code(text, self._own())
            except LabError as error:
                return str(error)
            await self.app.switch_screen(lab_screen(self._services, lab))
            return ""

        question = f"{said}. Note it, or type the code of another lab here."
        await self.app.push_screen(AskScreen(self.terminal, Question("Lab code", question), take))

    async def do_back(self) -> None:
        """Put the settings away; without them, go back."""
        if self._shows_settings:
            await self.do_settings()
        else:
            await self.leave()

    async def do_keys(self) -> None:
        """Show the keys."""
        await self.show_keys()

    # -- inside

    def _between_steps(self, draw: Draw) -> Draw:
        """Return what draws while no step is being taken in another thread."""

        def drawn(width: int, height: int) -> Sequence[Line]:
            with self._bench.lock:
                return draw(width, height)

        return drawn

    async def _still(self, change: Callable[[], None]) -> None:
        """Do something while nothing runs."""
        await self._runner.stop()
        change()
        self.redraw()

    async def _turn_chosen(self, steps: int) -> None:
        if self._shows_settings:
            await self._turn(self._bench.chosen, steps)
        else:
            self._choose(0)

    async def _turn(self, each: Knob, steps: int) -> None:
        """Turn a knob; a run goes on with it."""
        async with self._runner.paused():
            await asyncio.to_thread(self._bench.turn, each, steps)
        self.redraw()

    def _choose(self, rows: int) -> None:
        if self._shows_settings:
            self._bench.choose(rows)
        self._shows_settings = True
        self.redraw()

    def _own(self) -> list[OwnSubject]:
        subject = self._bench.settings.subject
        return [subject] if isinstance(subject, OwnSubject) else []

    @property
    def _views(self) -> tuple[str, ...]:
        return self._pictures.views(self._bench)

    def _draw_left(self, width: int, height: int) -> Sequence[Line]:
        views = self._views
        return self._pictures.draw(self._bench, views[self._view % len(views)], width, height)

    def _draw_right(self, width: int, height: int) -> Sequence[Line]:
        if self._shows_settings:
            return self._draw_settings(width, height)
        views = self._views
        others = [view for view in views if view != views[self._view % len(views)]]
        lines = self._pictures.draw(self._bench, "loss" if "loss" in others else others[0], width - 1, height)
        return [join((Span(" "), *line)) for line in lines]

    def _draw_settings(self, width: int, height: int) -> Sequence[Line]:
        knobs, glyphs = self._bench.knobs, self.terminal.glyphs
        place = knobs.index(self._bench.chosen)
        self._first_setting = keep_in_sight(self._first_setting, place, height - 2, len(knobs))
        rows: list[Line] = [text_line(" Settings", "heading")]
        for number, each in enumerate(knobs[self._first_setting : self._first_setting + height - 2]):
            chosen = number + self._first_setting == place
            left: Line = (
                Span(" > " if chosen else "   ", "key"),
                Span(glyphs.spell(each.name), "strong" if chosen else "plain"),
            )
            rows.append(spread(left, text_line(glyphs.spell(each.shown(self._bench.settings))), width, glyphs))
        arrows = {"Left": glyphs.arrow_left, "Right": glyphs.arrow_right}
        down, up = (self.keymap.key_of(name, self.NAME) for name in ("turn down", "turn up"))
        typing = self.keymap.key_of("type value", self.NAME)
        keys = f"{arrows.get(down, down)} {arrows.get(up, up)} change   {typing} type a value"
        rows += [()] * (height - 1 - len(rows))
        return [*rows, pad_line(text_line(f" {keys}", "dim"), width)]

    def _draw_words(self, width: int, height: int) -> Sequence[Line]:
        """Draw the step, how the loss went, and what there is to say."""
        glyphs = self.terminal.glyphs
        said = self._bench.said or words.state(self._bench) or self._pace()
        trouble = bool(words.state(self._bench)) and not self._bench.said
        picture = self._pictures.reading(self._bench, self._views[self._view % len(self._views)])
        texts = [words.last_step(self._bench.run, glyphs), words.reading(self._bench, glyphs), picture]
        lines = [line for text in texts if text for line in wrapped(glyphs.spell(text), width - 1, indented=1)[:2]]
        last = wrapped(glyphs.spell(said), width - 1, "follow" if trouble else "plain", indented=1) if said else []
        kept = max(0, height - 1 - len(last))
        rule = text_line(glyphs.horizontal * width, "dim")
        return [rule, *lines[:kept], *last[: height - 1]]

    def _pace(self) -> str:
        if self._runner.is_running:
            run, faster, slower = (self.keymap.key_of(name, self.NAME) for name in ("run", "faster", "slower"))
            return f"Running, {self._runner.pace}. {run} stops it, {faster} and {slower} change the speed."
        return ""
