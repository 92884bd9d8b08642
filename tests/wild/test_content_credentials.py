"""Content Credentials of real files: whether they hold, and whom they name. Needs the extra c2pa."""

from __future__ import annotations

import pytest

from attrib.read.metadata import read_metadata

pytestmark = [pytest.mark.wild, pytest.mark.filterwarnings("ignore")]

# What the programs that made these files say of them: the name of each tells what was broken on purpose.
STATES = {
    "c2pa_C.jpg": "valid",
    "c2pa_C_with_CAWG_data.jpg": "valid",
    "c2par_CA.jpg": "valid",
    "c2par_CACAE-uri-CA.jpg": "valid",
    "c2par_boxhash.jpg": "valid",
    "c2par_E-sig-CA.jpg": "invalid: claimSignature.mismatch",
    "c2par_CIE-sig-CA.jpg": "invalid: claimSignature.mismatch",
    "c2par_XCA.jpg": "invalid: assertion.dataHash.mismatch",
}


@pytest.mark.parametrize("name", STATES)
def test_what_holds_and_what_does_not(shared, name):
    pytest.importorskip("c2pa", reason="the extra c2pa is not installed")
    facts = read_metadata((shared / "reference" / name).read_bytes(), name)
    assert facts.values("contentCredentials")[0].value == STATES[name]


def test_who_made_it_and_how(shared):
    pytest.importorskip("c2pa", reason="the extra c2pa is not installed")
    facts = read_metadata((shared / "reference" / "c2par_CIE-sig-CA.jpg").read_bytes())
    assert [f.value for f in facts.values("creator") if f.origin == "c2pa"] == ["John Doe"]
    assert facts.values("digitalSourceType")[0].value.endswith("algorithmicMedia")


def test_a_manifest_kept_elsewhere_is_not_fetched(shared):
    facts = read_metadata((shared / "reference" / "c2pa_cloud.jpg").read_bytes())
    assert facts.values("provenance")[0].value.startswith("https://")
    assert not [f for f in facts.fields if f.origin == "c2pa"]
