import hashlib
import os

import pytest
import requests

MOR = os.environ.get("MOR_URL", "http://127.0.0.1:8080")


def create_number(did: str) -> str:
    """Replace this with the code that you test."""
    params = {"u": "admin", "provider_id": "1", "did": did}
    params["hash"] = hashlib.sha1(f"1{did}secret".encode()).hexdigest()
    return requests.post(f"{MOR}/billing/api/did_create", data=params, timeout=5).text


@pytest.fixture(autouse=True)
def fresh_world():
    requests.post(f"{MOR}/__admin/reset", timeout=5).raise_for_status()


def test_creates_a_number():
    assert "<success>DID created</success>" in create_number("37060000099")
    dids = requests.get(f"{MOR}/__admin/dids", params={"created": "true"}, timeout=5).json()["dids"]
    assert [row["did"] for row in dids] == ["37060000099"]


def test_refuses_a_number_that_exists():
    assert "<error>DID already exists</error>" in create_number("37060000001")


def test_reports_a_lost_reply():
    fault = {"connection": "reset", "phase": "after"}
    requests.post(f"{MOR}/__admin/faults", json=fault, timeout=5).raise_for_status()
    with pytest.raises(requests.ConnectionError):
        create_number("37060000099")
