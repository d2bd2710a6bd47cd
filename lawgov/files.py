"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from lawgov.errors import LawgovError


def write_whole(path: str | os.PathLike, text: str) -> None:
    """Write a text file in UTF-8: aside first, then renamed, so that nobody ever sees half of it.

    Raises:
        LawgovError: if it cannot be written; nothing is left behind then.
    """
    path = Path(path)
    aside = None
    try:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.resolve().parent, prefix=f".{path.name}.", delete=False) as file:
            aside = file.name
            file.write(text)
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(aside, 0o666 & ~umask)
        os.replace(aside, path)
    except OSError as error:
        if aside is not None and os.path.exists(aside):
            os.unlink(aside)
        raise LawgovError(f"{path}: cannot be written ({error.strerror}); check the folder and the space left") from None
