"""A district lived through at accelerated time, on the core and a store as they are in service.

It stands on the core alone: which store, which words and which charts is somebody else's choice.
"""
