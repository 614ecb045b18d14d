"""Changing a library: one door for every change, its journal, and taking it back."""
