"""Each deed is written down by the function that does it, and whoever assembles knows all."""

import re
from pathlib import Path

import pytest

from gridapp.domain.vocabulary import Deed
from gridapp.services import all_deeds, verbs
from gridapp.services.orders import Facts
from gridapp.services.verbs import VERBS, verb
from tests.served import ROOT

SERVICES = ROOT / "gridapp" / "services"
WRITES_DOWN = re.compile(r"^(?:@|    |\w+ = )?verb\(", re.MULTILINE)


def test_every_module_that_does_deeds_is_imported_by_whoever_assembles() -> None:
    doing = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in SERVICES.rglob("*.py")
        if WRITES_DOWN.search(path.read_text(encoding="utf-8"))
    }
    told = Path(all_deeds.__file__).read_text(encoding="utf-8")
    assert doing == set(re.findall(r"^import (\S+)", told, re.MULTILINE))


def test_no_deed_is_done_by_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verbs, "VERBS", dict(VERBS))
    with pytest.raises(ValueError, match="already"):
        verb(Deed.ACCEPT, Facts)(lambda *_: {})


def test_only_looks_and_what_has_an_address_of_its_own_is_no_order() -> None:
    """Reveals and reports answer with what no receipt may keep; resets go by halves."""
    apart = {
        Deed.REPORT, Deed.REVEAL, Deed.REVEAL_HOUSEHOLD, Deed.REVEAL_RECORD, Deed.CHOOSE_MESSAGES,
        Deed.RESET_PASSWORD, Deed.CONFIRM_RESET, Deed.CHANGE_AREA,
    }  # fmt: skip
    looks = {deed for deed in Deed if deed.name.startswith("SEE_")}
    assert set(Deed) - set(VERBS) == apart | looks
