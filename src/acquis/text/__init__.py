"""Words and letters of any language, without knowledge of sessions: folding, tokens, likeness, names, YAML."""
