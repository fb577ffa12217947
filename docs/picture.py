"""Draw what a terminal shows as an SVG: ``python docs/picture.py OUT.svg TITLE < text``.

The picture of the README is made by ``make picture`` from a real run.
"""

from __future__ import annotations

import html
import re
import sys
from pathlib import Path

WIDTH, LINE, LEFT, TOP = 8.4, 20, 18, 52
COLOURS = [
    (re.compile(r"CUR\d{3}"), "#ff7b72"),
    (re.compile(r"^\s*(?:\$|>>>|\.\.\.) .*"), "#7ee787"),
    (re.compile(r"\^+.*"), "#ffa657"),
    (re.compile(r"^\s*hint:.*"), "#a5d6ff"),
    (re.compile(r"^\d+\. .*"), "#d2a8ff"),
]


def _line(text: str, number: int) -> str:
    y = TOP + number * LINE
    pieces, colour = [(text, "#e6edf3")], ""
    for pattern, colour in COLOURS:
        if found := pattern.search(text):
            start, end = found.span()
            pieces = [(text[:start], "#e6edf3"), (text[start:end], colour), (text[end:], "#e6edf3")]
            break
    spans = "".join(f'<tspan fill="{c}">{html.escape(t)}</tspan>' for t, c in pieces if t)
    return f'<text x="{LEFT}" y="{y}" xml:space="preserve">{spans}</text>'


def draw(lines: list[str], title: str) -> str:
    """Return the SVG of ``lines``, in a window called ``title``."""
    width = int(2 * LEFT + WIDTH * max(map(len, lines), default=20))
    height = TOP + LINE * len(lines) + 4
    dots = "".join(
        f'<circle cx="{20 + 20 * i}" cy="17" r="6" fill="{c}"/>'
        for i, c in enumerate(("#ff5f57", "#febc2e", "#28c840"))
    )
    name = html.escape(title)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" aria-label="{name}">\n'
        f'<rect width="{width}" height="{height}" rx="9" fill="#0d1117"/>{dots}\n'
        f'<text x="{width / 2}" y="22" fill="#8b949e" text-anchor="middle" font-family="sans-serif" '
        f'font-size="13">{name}</text>\n'
        '<g font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="14">\n'
        + "\n".join(_line(text, number) for number, text in enumerate(lines))
        + "\n</g>\n</svg>\n"
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(
        draw(sys.stdin.read().rstrip("\n").split("\n"), sys.argv[2]), encoding="utf-8"
    )
