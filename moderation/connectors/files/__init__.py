"""Reads comments from files: csv, tsv, jsonl, parquet and xlsx."""

from moderation.connectors.files.reader import CommentFile, open_reader

__all__ = ["CommentFile", "open_reader"]
