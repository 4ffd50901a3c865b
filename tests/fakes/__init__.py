"""Hand-written stand-ins with the real interface; the promises suite keeps them honest."""

from tests.fakes.units import MemoryUnits, MemoryWork

__all__ = ["MemoryUnits", "MemoryWork"]
