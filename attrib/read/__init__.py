"""Bytes become values: pages, credits and picture files, in the words of `attrib.model`.

No parser object leaves this room.
"""
