"""Our own line icons: the inside of a 24 x 24 drawing, stroked with the colour of the text."""

ICONS: dict[str, str] = {
    "alert": '<path d="M12 4 2.8 20h18.4z"/><path d="M12 10v4.5M12 17.3v.2"/>',
    "arrow-left": '<path d="M20 12H4.5M10.5 6l-6 6 6 6"/>',
    "arrow-right": '<path d="M4 12h15.5M13.5 6l6 6-6 6"/>',
    "assign": (
        '<circle cx="9.5" cy="8" r="3.5"/>'
        '<path d="M3 20c.4-4 3-6 6.5-6 1.5 0 2.8.4 3.8 1M15 18.5h6M18.5 16l2.5 2.5-2.5 2.5"/>'
    ),
    "bell": '<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15zM10 21h4"/>',
    "building": '<path d="M3 20.5h18M4.5 9.5h15L12 4zM6.5 10v10M17.5 10v10M10.2 13v7M13.8 13v7"/>',
    "calendar": '<path d="M4 6h16v14H4zM4 10.5h16M8 3.5v4M16 3.5v4M8 14h2M14 14h2M8 17h2"/>',
    "camera": '<path d="M3.5 8h4L9 5.5h6L16.5 8h4v11h-17z"/><circle cx="12" cy="13" r="3.5"/>',
    "check": '<path d="m4.5 12.5 5 5 10-11"/>',
    "check-circle": '<circle cx="12" cy="12" r="9"/><path d="m7.5 12.3 3.2 3.2 5.8-6.5"/>',
    "chevron-down": '<path d="m6 9.5 6 6 6-6"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 6.8V12l3.5 2.5"/>',
    "close": '<path d="m6 6 12 12M18 6 6 18"/>',
    "download": '<path d="M12 4v11M7 10.5l5 5 5-5M4.5 20h15"/>',
    "edit": '<path d="m4 20 1-4.5L16 4.5l3.5 3.5-11 11zM13.5 7l3.5 3.5"/>',
    "file": '<path d="M6 3.5h8l4.5 4.5v12.5H6zM13.5 4v4.5H18M9 13h6.5M9 16.5h6.5"/>',
    "filter": '<path d="M4 5.5h16L14 13v6l-4 1.5V13z"/>',
    "flow": '<path d="M3.5 9.5h5v5h-5zM15.5 4h5v5h-5zM15.5 15h5v5h-5zM8.5 12h3.5M12 6.5v11M12 6.5h3.5M12 17.5h3.5"/>',
    "follow": (
        '<path d="M2.5 12C5 7.8 8.2 6 12 6s7 1.8 9.5 6c-2.5 4.2-5.7 6-9.5 6s-7-1.8-9.5-6z"/>'
        '<circle cx="12" cy="12" r="3"/>'
    ),
    "forward": '<path d="M3.5 19c.5-6 4-9 10-9V5.5l7 7-7 6.5v-4.5c-4.5 0-7.5 1-10 4.5z"/>',
    "globe": (
        '<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c-5.3 5.5-5.3 12.5 0 18M12 3c5.3 5.5 5.3 12.5 0 18"/>'
    ),
    "hand-over": (
        '<path d="M3.5 13.5h3l3-1.5h4.5c1.5 0 1.5 2.5 0 2.5h-3.5M13.8 14.3l4.7-2c1.7-.5 2.5 1.5 1 2.4L13 '
        '18.5H3.5M9 4h6v5H9z"/>'
    ),
    "history": '<path d="M4.5 8A9 9 0 1 1 3 12M4 3.5V8.5h5M12 7.5V12l3 2"/>',
    "home": '<path d="M3.5 11.5 12 4l8.5 7.5M6 10v10h12V10M10 20v-5.5h4V20"/>',
    "inbox": '<path d="M3.5 13.5 6.5 5h11l3 8.5V19h-17zM3.5 13.5h5l1.5 2.5h4l1.5-2.5h5"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.5v.2"/>',
    "key": '<circle cx="8" cy="14.5" r="4.5"/><path d="m11.3 11.3 8.2-7.8M16 7l3 3"/>',
    "list": '<path d="M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5h.2M4.5 12h.2M4.5 17.5h.2"/>',
    "lock": '<path d="M5 11h14v9.5H5zM8 11V8a4 4 0 0 1 8 0v3M12 14.8v2"/>',
    "mail": '<path d="M3.5 5.5h17v13h-17zM4 6.5l8 6.5 8-6.5"/>',
    "map-pin": (
        '<path d="M12 21c-4.5-5-6.8-8.6-6.8-11.5a6.8 6.8 0 0 1 13.6 0C18.8 12.4 16.5 16 12 21z"/>'
        '<circle cx="12" cy="9.5" r="2.5"/>'
    ),
    "menu": '<path d="M4 6.5h16M4 12h16M4 17.5h16"/>',
    "money": '<path d="M3 6.5h18v11H3z"/><circle cx="12" cy="12" r="2.8"/><path d="M6.2 12h.2M17.6 12h.2"/>',
    "note": '<path d="M4.5 4.5h15v10.5l-5 5h-10zM19.5 15h-5v5M8 9h8M8 12.5h5"/>',
    "overdue": '<circle cx="11" cy="12.5" r="8"/><path d="M11 8v4.5l-3 2M20.5 4v6.5M20.5 14v.2"/>',
    "pause": '<circle cx="12" cy="12" r="9"/><path d="M9.7 8.5v7M14.3 8.5v7"/>',
    "pen": '<path d="M4 20.5h16M6 16.5c3 1 4-9 7-11 3-1.7 2.5 4-1 8.5-1 1.3-.5 3 1 2 1.6-1 2.5-2 5-1.5"/>',
    "phone": '<path d="M7 3.5h10v17H7zM11 17.5h2"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "printer": '<path d="M7 9V3.5h10V9M7 17H4V9h16v8h-3M7 14h10v6.5H7z"/>',
    "scales": (
        '<path d="M12 4v16M7.5 20h9M5 7.5l7-1.5 7 1.5M2.5 14.5 5 7.5l2.5 7c-1.2 1.7-3.8 1.7-5 0zM16.5 '
        '14.5l2.5-7 2.5 7c-1.2 1.7-3.8 1.7-5 0z"/>'
    ),
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
    "send": '<path d="M3.5 11.5 20.5 4l-5 16.5-4-7zM11.5 13.5l9-9.5"/>',
    "sign-out": '<path d="M13.5 4.5h-9v15h9M9.5 12h11M16.5 8l4 4-4 4"/>',
    "stamp": (
        '<path d="M9.5 12.5c.5-2.5-1-3.5-1-5.5a3.5 3.5 0 0 1 7 0c0 2-1.5 3-1 5.5M5 17v-3c0-1 .5-1.5 '
        '1.5-1.5h11c1 0 1.5.5 1.5 1.5v3zM5 20.5h14"/>'
    ),
    "star": '<path d="m12 3.5 2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9-4.3-4.1 5.9-.8z"/>',
    "stop": '<circle cx="12" cy="12" r="9"/><path d="M6 18 18 6"/>',
    "trash": '<path d="M4.5 6.5h15M9.5 6V4h5v2M6.5 6.5l1 14h9l1-14M10.5 10.5v6M13.5 10.5v6"/>',
    "undo": '<path d="M8.5 5 4 9.5 8.5 14M4 9.5h10a5.5 5.5 0 0 1 0 11H9"/>',
    "upload": '<path d="M12 15.5V4.5M7 9l5-5 5 5M4.5 20h15"/>',
    "user": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.5-4.5 3.5-6.5 7.5-6.5s7 2 7.5 6.5"/>',
    "users": (
        '<circle cx="9" cy="8.5" r="3.5"/>'
        '<path d="M2.5 20c.4-4 3-6 6.5-6s6.1 2 6.5 6M15.5 5.3a3.5 3.5 0 0 1 0 6.4M17.5 14.5c2.5.7 3.8 2.6 4 5.5"/>'
    ),
}

# The flower of the ban tree: four plain petals and the veined one, as in March on the slopes of Điện Biên.
PETAL = "M24 23C18.5 18.5 16.5 9 24 2.5 31.5 9 29.5 18.5 24 23z"
FLOWER = (
    "".join(f'<path fill="#e3a9c6" d="{PETAL}" transform="rotate({turn} 24 24)"/>' for turn in (72, 144, 216, 288))
    + f'<path fill="#8f2a5e" d="{PETAL}"/>'
    + '<g fill="none" stroke="#f8e9f0" stroke-linecap="round"><path d="M24 20V8M24 18l-2.5-5.5M24 18l2.5-5.5"/></g>'
    + '<circle cx="24" cy="24" r="3" fill="#fdf0d5" stroke="#8f2a5e"/>'
)
