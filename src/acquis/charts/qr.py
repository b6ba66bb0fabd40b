"""Addresses as QR codes."""

from __future__ import annotations

import io

import segno


def qr_svg(address: str) -> bytes:
    """An address as a QR code: an SVG document."""
    out = io.BytesIO()
    segno.make(address, error="m").save(
        out, kind="svg", xmldecl=False, border=2, scale=4, svgclass=None, lineclass=None
    )
    return out.getvalue()


def qr_drawing(address: str) -> str:
    """An address as a QR code in black on white: an SVG document without a size, for a document that gives it one."""
    out = io.BytesIO()
    code = segno.make(address, error="m")
    code.save(out, kind="svg", xmldecl=False, border=2, omitsize=True, light="#fff", svgclass=None, lineclass=None)
    return out.getvalue().decode()


def qr_image(address: str) -> str:
    """An address as a QR code, as the address of an image that needs no further request. A secret stays in the page."""
    return segno.make(address, error="m").svg_data_uri(border=2, scale=4, svgclass=None, lineclass=None)
