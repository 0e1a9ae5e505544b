"""Uppsikt's core: find, explain, decide, log."""
