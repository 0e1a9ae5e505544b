"""Plain values and the rules between them. Standard library only."""
