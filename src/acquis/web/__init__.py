"""The web application: pages, HTTP API, passes and live screens. It reads the clock and generates random numbers."""

from starlette.convertors import Convertor, register_url_convertor


class _Slug(Convertor[str]):
    """The id of a session in an address."""

    regex = "[a-z0-9-]{1,60}"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


# Importing the modules of pages creates routes, which need the convertor.
register_url_convertor("slug", _Slug())
