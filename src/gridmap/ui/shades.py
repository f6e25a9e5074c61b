"""The colours of the light and the dark theme, each pair of text and ground easy to read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Shades:
    """Colours by what they are for; in the style sheet their names begin with @."""

    is_dark: bool
    accent: str
    accent_dark: str
    """The accent as text on a tint, and of what the pointer is over."""
    accent_tint: str
    accent_soft: str
    """The ground of what is selected."""
    accent_focus: str
    on_accent: str
    text: str
    heading: str
    muted: str
    faint: str
    disabled: str
    line: str
    edge: str
    """Around fields and buttons."""
    grid: str
    ground: str
    paper: str
    alternate: str
    hovered: str
    handle: str
    handle_hovered: str
    warning_tint: str
    warning_line: str
    warning_text: str
    caution: str
    """Of icons that warn."""
    good: str
    bad: str
    tip_ground: str
    tip_text: str
    ink: str
    """The strokes of icons."""


LIGHT = Shades(
    is_dark=False,
    accent="#1B6CA8",
    accent_dark="#14527F",
    accent_tint="#E7F1F9",
    accent_soft="#D5E6F3",
    accent_focus="#0C3A5C",
    on_accent="#FFFFFF",
    text="#1F2A35",
    heading="#44525F",
    muted="#5F6D7A",
    faint="#8B97A2",
    disabled="#A6B0B9",
    line="#E1E6EB",
    edge="#CBD3DA",
    grid="#EDF0F3",
    ground="#F3F5F7",
    paper="#FFFFFF",
    alternate="#F8FAFB",
    hovered="#FBFDFF",
    handle="#C9D1D8",
    handle_hovered="#A9B5BF",
    warning_tint="#FFF5DB",
    warning_line="#E8C667",
    warning_text="#6B4E00",
    caution="#8A6500",
    good="#2C8A57",
    bad="#C2402F",
    tip_ground="#1F2A35",
    tip_text="#FFFFFF",
    ink="#3B4A58",
)

DARK = Shades(
    is_dark=True,
    accent="#5AAFE8",
    accent_dark="#A3D5F7",
    accent_tint="#223A4D",
    accent_soft="#2C4D67",
    accent_focus="#D6ECFB",
    on_accent="#0D1B26",
    text="#E4E9EE",
    heading="#C3CDD6",
    muted="#A3AFBA",
    faint="#86929D",
    disabled="#66727D",
    line="#37424C",
    edge="#4D5A66",
    grid="#2D3740",
    ground="#161B20",
    paper="#20272E",
    alternate="#262E36",
    hovered="#27323B",
    handle="#4D5A66",
    handle_hovered="#6A7884",
    warning_tint="#3A3014",
    warning_line="#7C6725",
    warning_text="#F3D88D",
    caution="#E3BC55",
    good="#63C793",
    bad="#FF8E7C",
    tip_ground="#E4E9EE",
    tip_text="#1F2A35",
    ink="#C9D3DC",
)
