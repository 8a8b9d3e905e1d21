"""The only readers of content files: documents with positions, typed fields, one reader for each kind."""

from servicebook.loading.load import Loaded, load

__all__ = ["Loaded", "load"]
