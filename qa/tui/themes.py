"""The two looks: ink on dark, ink on paper."""

from textual.theme import Theme

DARK = Theme(
    name="pullquote-dark",
    primary="#7FB4CA",
    secondary="#938AA9",
    accent="#E6C384",
    warning="#FFA066",
    error="#E46876",
    success="#98BB6C",
    foreground="#DCD7BA",
    background="#16161D",
    surface="#1B1B23",
    panel="#2A2A37",
    dark=True,
)
LIGHT = Theme(
    name="pullquote-light",
    primary="#2F6F8F",
    secondary="#624C83",
    accent="#9A5B00",
    warning="#A8480B",
    error="#B3243B",
    success="#4E7A27",
    foreground="#2B2A27",
    background="#FAF7F0",
    surface="#F3EEE2",
    panel="#E6DFCE",
    dark=False,
)
