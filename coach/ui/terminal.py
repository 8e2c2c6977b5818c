"""The base of every app: its looks, what the terminal sends and can show, and how it ends.

Where a terminal has only ASCII, every drawn character has a stand-in one cell wide, put in at the
very end when lines are painted, so no screen is laid out differently.
"""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import time
from codecs import getincrementaldecoder
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.app import App, ReturnType
from textual.color import Color
from textual.driver import Driver
from textual.drivers._writer_thread import WriterThread
from textual.filter import LineFilter
from textual.theme import Theme

from coach.ui import theme
from coach.ui.styles import ReadOnce

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.message_pump import MessagePump


ENVIRONMENT = "COACH_ASCII"
_STAND_INS = {
    "#": "█▇▊▋▉▐▓■",
    "=": "▅▆▬═━▒≡",
    "-": "─▃▄┄┈┅╌╴╶–—‐‑−⎯▔·∙",
    "_": "▁▂",
    "|": "│┃┆┊╎║▕╵╷╽╿▏▎▍▌",
    "+": "┌┐└┘├┤┬┴┼╭╮╰╯╔╗╚╝╠╣╦╩╬┏┓┗┛┠┨",
    "^": "▲△↑",
    "v": "▼▽↓✓✔",
    ">": "→›▶▸►»",
    "<": "←‹◀◂◄«",
    "\\": "↘",
    "/": "↗↙╱",
    "@": "↻",
    "b": "β",
    "*": "●◆★•",
    "o": "○◇◌◉",
    "~": "…",
    "x": "×✗✕",
    "'": "‘’▘",
    '"': "“”„",
    " ": "\N{NO-BREAK SPACE}░▀",
}
_DOTS = " ...***##"
"""For a braille character, by how many of its eight dots are set."""
_TABLE = {ord(drawn): plain for plain, chars in _STAND_INS.items() for drawn in chars}
_TABLE |= {0x2800 + dots: _DOTS[dots.bit_count()] for dots in range(256)}


def ascii_wanted(environment: Mapping[str, str]) -> bool:
    """Whether COACH_ASCII asks for it; where that is not set, whether the locale names an encoding
    other than UTF-8."""
    asked = environment.get(ENVIRONMENT, "")
    if asked:
        return asked != "0"
    names = (environment.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    locale = next((name for name in names if name), "")
    return bool(locale) and "UTF" not in locale.upper() and sys.platform != "win32"


def in_ascii(text: str) -> str:
    """The text in ASCII and in as many cells; a letter without a stand-in is a question mark."""
    if text.isascii():
        return text
    plain = text.translate(_TABLE)
    return "".join(char if char.isascii() else "?" * cell_len(char) for char in plain)


class AsciiOnly(LineFilter):
    """Puts the stand-ins into every painted line."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [
            segment if segment.control else Segment(in_ascii(segment.text), segment.style)
            for segment in segments
        ]


MAKER, WRITER = "getincrementaldecoder", "WriterThread"
LEAVE_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
LOOK, MOST = 0.002, 10.0
"""Seconds between two looks whether a key is done with, and until the next follows anyway."""


def tolerant_driver(driver: type[Driver], gone: Callable[[], object]) -> type[Driver]:
    """The driver, reading bytes that are no UTF-8 as the replacement character, and calling `gone`
    once where there is nothing to read any more.

    Textual decodes strictly, so that a paste of such bytes would end the app, as would a key of a
    terminal that sends Alt as the eighth bit; where its terminal is closed it reads on at full
    speed, and waits for ever to write. A driver takes both parts by these names in its module.
    """
    module = sys.modules[driver.__module__]
    if hasattr(module, MAKER):
        setattr(module, MAKER, lambda encoding: lambda: _Decoder(encoding, gone))
    if hasattr(module, WRITER):
        setattr(module, WRITER, _Writer)
    return driver


class _Writer(WriterThread):
    """Writes to the terminal; what comes once that is gone is lost, and nobody waits for it."""

    def run(self) -> None:
        try:
            super().run()
        except OSError:
            while self._queue.get() is not None:
                pass


class _Decoder:
    """Decodes what is read from the terminal, until that is nothing: its end."""

    def __init__(self, encoding: str, gone: Callable[[], object]) -> None:
        self._decoder = getincrementaldecoder(encoding)(errors="replace")
        self._gone: Callable[[], object] | None = gone

    def decode(self, data: bytes, final: bool = False) -> str:
        """The text of what was read."""
        if not data and not final:
            if self._gone is not None:
                self._gone()
                self._gone = None
            time.sleep(0.1)  # until the app, which is told by now, stops reading
        return self._decoder.decode(data, final)


def leave_on_signals(leave: Callable[[], object]) -> None:
    """Have the signals that end a program call `leave`, which gives the terminal back first.

    One that is ignored, as SIGHUP under nohup, stays so.
    """
    loop = asyncio.get_running_loop()
    for number in (getattr(signal, name) for name in LEAVE_SIGNALS if os.name == "posix"):
        if signal.getsignal(number) is not signal.SIG_IGN:
            loop.add_signal_handler(number, leave)


CLIPBOARDS = (
    ("", ("pbcopy",)),
    ("", ("clip.exe",)),
    ("WAYLAND_DISPLAY", ("wl-copy",)),
    ("DISPLAY", ("xclip", "-selection", "clipboard")),
    ("DISPLAY", ("xsel", "--clipboard", "--input")),
)
"""The programs that take a text to the system's clipboard, and what has to be set for each."""


def to_system_clipboard(text: str) -> None:
    """Hand a text to the first such program there is: not every terminal takes it from a code."""
    for needed, command in CLIPBOARDS:
        if (not needed or needed in os.environ) and shutil.which(command[0]):
            null = subprocess.DEVNULL
            with suppress(OSError, subprocess.SubprocessError):
                subprocess.run(
                    command,
                    input=text.encode(errors="replace"),
                    stdout=null,
                    stderr=null,
                    timeout=1,
                    check=False,
                )
            return


class ThemedApp(App[ReturnType]):
    """An app in the theme `chosen`, or in the product's own dark look."""

    TITLE = "Coach"

    def __init__(self, chosen: str = "") -> None:
        super().__init__()
        self._failure: Exception | None = None
        own = {look.name: look for look in theme.own_themes(self.console.color_system)}
        for look in own.values():
            self.register_theme(look)
        self._begin_in(own.get(chosen, own[theme.DARK.name]))
        if chosen in self.available_themes and chosen not in own:
            self.theme = chosen
        self._glyphs = (AsciiOnly(),) if ascii_wanted(os.environ) else ()
        self._held: deque[events.Event] = deque()
        self._let_through: events.Event | None = None

    def get_driver_class(self) -> type[Driver]:
        return tolerant_driver(super().get_driver_class(), self._terminal_gone)

    def on_mount(self) -> None:
        if not self.is_headless:
            leave_on_signals(self.exit)
        # The terminal that fg gives back is empty, and Textual paints only what changed.
        self.app_resume_signal.subscribe(self, lambda _: self.refresh(layout=True))

    def copy_to_clipboard(self, text: str) -> None:
        super().copy_to_clipboard(text)
        to_system_clipboard(text)

    # Keys in order ------------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        """Hold a key or a paste back until what the one before began has come to its end.

        Textual passes a key on at once to what has the focus, so that one typed while a form opens,
        or while the focus moves, would act on what is about to lose it.
        """
        if event is self._let_through:
            self._let_through = None
        elif (
            isinstance(event, events.Key | events.Paste)
            and not event.is_forwarded
            and (self._held or not (self._message_queue.empty() and self._at_rest()))
        ):
            self._held.append(event)
            if len(self._held) == 1:
                self._releasing = asyncio.create_task(self._release())
            return
        await super().on_event(event)

    async def _release(self) -> None:
        """Let the held keys through, each once the one before is done with."""
        while self._held:
            until = time.monotonic() + MOST
            while not (_waits(self) and self._at_rest()) and time.monotonic() < until:
                await asyncio.sleep(LOOK)
            self._let_through = self._held[0]
            self.post_message(self._held[0])
            while self._let_through is not None and self.is_running:
                await asyncio.sleep(0)
            self._held.popleft()

    def _at_rest(self) -> bool:
        """Whether no widget has anything left to do, not even after the next painting."""
        return (
            not self._next_callbacks
            and not self.screen._callbacks
            and all(node._closing or _waits(node) for node in self._registry)
        )

    def _terminal_gone(self) -> None:
        """End, told by the thread that reads the terminal, for which an app that ends waits."""
        self.call_later(self.exit)

    def run(self, **options: Any) -> ReturnType | None:
        """Run to the end; an error that nobody foresaw is raised then, for the log.

        Textual would print it with the values of all variables, and with them what the user wrote.
        """
        result = super().run(**options)
        if self._failure is not None:
            raise self._failure
        return result

    def _handle_exception(self, error: Exception) -> None:
        self._failure = self._failure or error
        super()._handle_exception(error)

    def panic(self, *renderables: "RenderableType") -> None:
        """End because of an error outside the app's own loop, as in reading the terminal."""
        with self.console.capture() as told:
            self.console.print(*renderables)
        self._failure = self._failure or RuntimeError(told.get())
        super().panic(*renderables)

    def _print_error_renderables(self) -> None:
        self._exit_renderables.clear()

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), *self._glyphs]

    def _begin_in(self, look: Theme) -> None:
        """Take a look before the first style sheet is read.

        Assigning `theme` would read all of them twice more: a tenth of the way to the first paint.
        """
        self.set_reactive(ThemedApp.theme, look.name)
        self._refresh_truecolor_filter(self.ansi_theme)
        self.stylesheet = ReadOnce(self.get_css_variables())
        self.set_class(look.dark, "-dark-mode", update=False)
        self.set_class(not look.dark, "-light-mode", update=False)
        self.add_class(f"-theme-{look.name}", update=False)

    def get_css_variables(self) -> dict[str, str]:
        """None before there is a style sheet: Textual's first one is never read."""
        return super().get_css_variables() if hasattr(self, "stylesheet") else {}

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return theme.defaults(self.current_theme)

    def refresh_css(self, animate: bool = True) -> None:
        """Read the style sheets again, but not for a first screen: they have just been read."""
        if any(screen.is_mounted for screen in self.screen_stack):
            super().refresh_css(animate)


def _waits(node: "MessagePump") -> bool:
    """Whether it has handled all its messages, and waits for the next one."""
    ready: Any = node._message_queue.ready_event
    return bool(ready._waiters) and not ready.is_set() and not node._next_callbacks
