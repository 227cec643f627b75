"""The page that computes: the course models and their pictures in plain script, and what a page needs beside it."""
