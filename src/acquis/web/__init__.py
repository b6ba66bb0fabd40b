"""The web application: pages, the HTTP interface, passes, live screens. It reads the clock and makes random numbers."""

from starlette.convertors import Convertor, register_url_convertor


class _Slug(Convertor[str]):
    """The id of a session in an address."""

    regex = "[a-z0-9-]{1,60}"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


# Routes are made when the modules of pages are imported, so the kinds of their parts are known before.
register_url_convertor("slug", _Slug())
