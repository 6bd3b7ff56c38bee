"""Text as XML 1.0 can hold it: feeds, XLSX and XLIFF are XML."""

import re

NO_XML_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What the production Char leaves out (W3C, XML 1.0, 2.2): a reference cannot name it either."""


def xml_text(text: str) -> str:
    """The text without the characters that no XML file can hold: most control characters."""
    return NO_XML_CHARACTER.sub("", text)
