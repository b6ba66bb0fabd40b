"""The application object, passes, limits, rendering, static files and serving."""
