"""The pages: each a thin script, found by the frame by its file name."""
