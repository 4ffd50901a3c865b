"""Stand-ins with the real interface; the promises suite keeps them honest."""

from storage.memory import MemoryUnits, MemoryWork

__all__ = ["MemoryUnits", "MemoryWork"]
