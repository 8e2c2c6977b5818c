"""A field of cells to draw charts on, read out as rows of styled text."""

from itertools import groupby

from coach.ui.widgets.rows import Row, Seg

Cell = tuple[str, str]


class Canvas:
    """Characters with a style name each; what falls outside is cut off.

    Only text of single-width characters may be drawn.
    """

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self._cells: list[list[Cell]] = [[(" ", "")] * width for _ in range(height)]

    def put(self, x: int, y: int, text: str, style: str) -> None:
        """Draw `text` from column `x` of line `y` on."""
        if 0 <= y < self.height:
            line = self._cells[y]
            for column, char in enumerate(text, x):
                if 0 <= column < self.width:
                    line[column] = (char, style)

    def tint(self, columns: range, lines: range, style: str) -> None:
        """Put a style under what is drawn on these columns and lines."""
        for y in lines:
            for x in columns:
                char, own = self._cells[y][x]
                self._cells[y][x] = (char, f"{style} {own}".strip())

    def char(self, x: int, y: int) -> str:
        """The character at a place, a blank outside the field."""
        return self._cells[y][x][0] if 0 <= x < self.width and 0 <= y < self.height else " "

    def word_near(self, x: int, y: int, length: int) -> bool:
        """Whether `length` cells from `x` on, or those at their sides, hold a letter or digit."""
        return any(self.char(column, y).isalnum() for column in range(x - 1, x + length + 1))

    def free(self, x: int, y: int, length: int, over: str = " ") -> bool:
        """Whether `length` cells from `x` on lie inside and hold only characters of `over`."""
        if not 0 <= y < self.height or x < 0 or x + length > self.width:
            return False
        return all(char in over for char, _ in self._cells[y][x : x + length])

    def rows(self) -> list[Row]:
        """The lines from top to bottom, neighbouring cells of one style joined."""
        return [
            tuple(
                Seg("".join(char for char, _ in cells), style)
                for style, cells in groupby(line, key=lambda cell: cell[1])
            )
            for line in self._cells
        ]
