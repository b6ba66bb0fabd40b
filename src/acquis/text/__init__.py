"""Text processing for any language, independent of sessions: folding, tokens, similarity, names, YAML."""
