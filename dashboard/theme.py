"""The look's one token table: CSS variables and the colours of figures are both made from it."""

from typing import Literal

SANS = "Plex Condensed, IBM Plex Sans Condensed, Arial Narrow, sans-serif"

Tone = dict[str, str]

# name: (light, dark). `-t` is for text, `-f` a fill that always carries an edge or a label, `-e` the edge.
TOKENS: dict[str, tuple[str, str]] = {
    "paper": ("#FBFAF6", "#14171B"),
    "wash": ("#F3F1EA", "#1D2126"),
    "rule": ("#DBD8CF", "#363C43"),
    "ink": ("#1B1F24", "#ECEAE4"),
    "ink2": ("#474C54", "#C2C4C5"),
    "ink3": ("#636870", "#9DA1A6"),
    "normal": ("#E4E0D5", "#30363D"),
    "py": ("#8C8F92", "#7B8087"),
    "green": ("#009E73", "#1FB58A"),
    "green-t": ("#00694C", "#5CCBA6"),
    "green-f": ("#C5E3D9", "#1E5144"),
    "amber": ("#E69F00", "#E69F00"),
    "amber-t": ("#7A5200", "#F2B84B"),
    "amber-f": ("#F5DDA9", "#5F4A1B"),
    "amber-e": ("#AD7300", "#F2B84B"),
    "red": ("#D55E00", "#F0743A"),
    "red-t": ("#A84300", "#FF9A66"),
    "red-f": ("#F1C7A8", "#6A3A21"),
    "blue": ("#0072B2", "#56B4E9"),
    "blue-t": ("#005B8F", "#8CCBF0"),
    "blue-f": ("#B4D5E9", "#1F4A66"),
}
LIGHT: Tone = {name: pair[0] for name, pair in TOKENS.items()}
DARK: Tone = {name: pair[1] for name, pair in TOKENS.items()}
PRINT: Tone = LIGHT | {"paper": "#FFFFFF"}


def tone(kind: Literal["light", "dark"] | str | None) -> Tone:
    """The colours of one theme, by the name the framework gives it; light where it gives none."""
    return DARK if kind == "dark" else LIGHT


def css(kind: Literal["light", "dark"] | str | None = None) -> str:
    """The tokens as CSS variables. light-dark() follows the page's color-scheme, so a theme change needs no rerun.

    The framework sets that scheme on its page but not on a dialog, which lies beside it: there it is set by the name.
    """
    pairs = ";".join(f"--{name}:light-dark({light},{dark})" for name, (light, dark) in TOKENS.items())
    scheme = "dark" if kind == "dark" else "light"
    return f":root{{{pairs}}}[data-testid='stDialog']{{color-scheme:{scheme}}}"


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast of two colours written as #RRGGBB."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
