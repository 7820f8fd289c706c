"""How a paper that came from outside is shown: in a box of its own."""

PAPER_POLICY = (
    "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"
)
"""The Content-Security-Policy of such an answer: no script, no form, no other address can be reached from it."""
