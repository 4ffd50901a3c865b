"""Where sheets are read from: a folder, or a folder with newer sheets laid over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


class File(Protocol):
    """What a ``Path`` gives of one sheet."""

    def is_file(self) -> bool:
        """Whether there is such a sheet."""

    def read_bytes(self) -> bytes:
        """All of it, as saved."""


class Folder(Protocol):
    """What a ``Path`` gives of a folder."""

    def __truediv__(self, name: str, /) -> File:
        """The sheet of this name, whether it is there or not."""


@dataclass(frozen=True, slots=True)
class Written:
    """A sheet that is not on any disk."""

    text: str

    def is_file(self) -> bool:
        """It is there, unless it is empty: a district went back to doing without it."""
        return bool(self.text.strip())

    def read_bytes(self) -> bytes:
        """All of it, as a reader of sheets expects it."""
        return self.text.encode()


@dataclass(frozen=True, slots=True)
class LaidOver:
    """The sheets of a folder, some of them replaced by these, by the name of the file."""

    folder: Folder
    sheets: Mapping[str, str]

    def __truediv__(self, name: str, /) -> File:
        """The newer sheet, else the folder's."""
        return Written(self.sheets[name]) if name in self.sheets else self.folder / name
