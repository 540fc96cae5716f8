"""Read mbox files with Python's own mailbox module, as somebody without Mailferry would.

usage: read_mbox.py FILE...      prints one JSON object for each file
"""

import hashlib
import json
import mailbox
import re
import sys

QUOTED = re.compile(rb"(^|\n)>(>*From )")


def digest(octets):
    return hashlib.sha256(octets).hexdigest()


def describe(octets):
    """mboxrd: one `>` is taken from every line of `>`s and `From `. The empty line before the next `From ` may be kept."""
    raw = QUOTED.sub(rb"\1\2", octets)
    trimmed = re.sub(rb"\r?\n\Z", b"", raw)
    return {
        "sizeBytes": len(raw),
        "sha256": digest(raw),
        "sha256Trimmed": digest(trimmed),
    }


def read(path):
    box = mailbox.mbox(path, create=False)
    try:
        return [describe(box.get_bytes(key)) for key in box.iterkeys()]
    finally:
        box.close()


for file in sys.argv[1:]:
    print(json.dumps({"path": file, "messages": read(file)}))
