"""The endpoints that are not pages: actions, session data, exports, the description of the API."""
