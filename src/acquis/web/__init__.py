"""The edge: pages, the one door over HTTP, passes, live screens. Here time and chance come in."""
