"""The index: what was read from the files of a library, kept so that it is found at once.

It is a cache and nothing else: it stands in the user's cache folder, is made by itself, may be
deleted at any time, and whatever is wrong with it, the files are read instead.
"""
