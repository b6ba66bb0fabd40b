"""The pages, one folder each: Python, template, script and style sheet."""
