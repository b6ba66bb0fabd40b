"""Agreeing on messages: procedures as data, what they allow at a moment, and the outcome of each message.

A procedure is a YAML file (`procedures/`, or one that a session brings) with its steps, who may act in each, and their
times relative to the session. Nothing here judges the content of a message."""
