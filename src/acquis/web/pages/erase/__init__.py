"""The pages that ask before a text or the data of a person are erased."""
