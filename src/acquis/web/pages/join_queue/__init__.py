"""The queue in which people wait to join a session that very many people join."""
