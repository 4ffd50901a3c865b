"""A store that lives as long as its process: for tests, and for a simulated year."""

from storage.memory.units import MemoryUnits, MemoryWork

__all__ = ["MemoryUnits", "MemoryWork"]
