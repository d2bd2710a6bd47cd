"""Where the models that come with the package lie: inside an installed wheel, or beside the package in a checkout."""

from __future__ import annotations

from pathlib import Path

from lawgov.errors import ModelError

PACKAGE = Path(__file__).resolve().parent


def shipped_model(name: str) -> Path:
    """The path of a shipped model, for example ``shipped_model("report-zh")``.

    Raises:
        ModelError: if the installation does not have it.
    """
    places = [PACKAGE / "models" / name, PACKAGE.parent / "models" / name]
    for place in places:
        if place.exists():
            return place
    raise ModelError(
        f"the model {name!r} that comes with lawgov is not there; looked in "
        + " and ".join(str(place) for place in places)
        + ". Install lawgov again, or, in a checkout, rebuild it with `python models/build.py`."
    )
