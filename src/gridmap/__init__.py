"""gridmap: the offline desktop map of a Chinese street office."""

__version__ = "0.1.0"
