"""Endpoints other than pages: actions, session data, exports, and the OpenAPI document."""
