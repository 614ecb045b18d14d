"""Where settings come from, which go first, and what a library may not say."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from northbib.errors import UsageError
from northbib.resolve import Settings
from northbib.resolve.http import keys
from northbib.resolve.http.keys import Keys
from northbib.resolve.http.services import SERVICES
from northbib.resolve.options import OPTIONS


def settings(
    environment: dict[str, str] | None = None, library: dict[str, Any] | None = None, **given: Any
) -> Settings:
    return Settings.from_environment(environment or {}, library={"resolve": library or {}}, **given)


def test_what_a_caller_gives_goes_before_the_environment_and_that_before_the_library() -> None:
    environment = {"NORTHBIB_RETRIES": "2", "NORTHBIB_PER_HOST": "3", "NORTHBIB_AT_ONCE": "4"}
    library = {"retries": 1, "per_host": 1, "mailto": "someone@example.org"}
    made = settings(environment, library, retries=5)
    assert (made.retries, made.per_host, made.at_once) == (5, 3, 4)
    assert made.mailto == "someone@example.org"


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_can_be_at_another_address(service: str) -> None:
    mirror = "http://127.0.0.1:8000/mirror"
    by_variable = settings({f"NORTHBIB_{service.upper()}_URL": mirror})
    by_library = settings(library={f"{service}_url": f"{mirror}/"})
    assert by_variable.url(service) == by_library.url(service) == f"{mirror}/"
    assert by_variable.borrowed == frozenset()
    assert by_library.borrowed == {service}


def test_a_service_can_be_turned_off() -> None:
    assert settings({"NORTHBIB_OPENALEX_URL": "off"}).url("openalex") == ""
    assert settings(library={"openalex_url": "off"}).url("openalex") == ""


def test_an_address_in_the_environment_goes_before_that_of_the_library() -> None:
    made = settings({"NORTHBIB_DOI_URL": "http://a.example"}, {"doi_url": "http://b.example"})
    assert made.url("doi") == "http://a.example/"
    assert made.borrowed == frozenset()


def test_answers_are_kept_in_the_cache_of_the_user_unless_told_otherwise() -> None:
    assert settings().cache is not None
    assert settings().cache == Path(str(settings().cache)).parent / "answers.sqlite"
    assert settings({"NORTHBIB_CACHE": "off"}).cache is None
    assert settings({"NORTHBIB_CACHE": "~/x.sqlite"}).cache == Path.home() / "x.sqlite"


def test_a_short_time_in_all_makes_its_parts_short() -> None:
    made = settings({"NORTHBIB_TIMEOUT": "3"})
    assert (made.connect_timeout, made.read_timeout, made.total_timeout) == (3, 3, 3)
    assert settings({}, None, total_timeout=2.0).read_timeout == 2


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("RETRIES", "-1", "a positive number"),
        ("PER_HOST", "1.5", "a whole number"),
        ("AT_ONCE", "0", "a positive number"),
        ("SITE_RATE", "fast", "a positive number"),
        ("OFFLINE", "maybe", "1 or 0"),
        ("CROSSREF_URL", "file:///etc", "an http or https address"),
        ("MAILTO", "a b@example.org", "an e-mail address"),
    ],
)
def test_a_variable_that_makes_no_sense_is_named(name: str, value: str, says: str) -> None:
    with pytest.raises(UsageError, match=f"NORTHBIB_{name} is not {says}"):
        settings({f"NORTHBIB_{name}": value})


@pytest.mark.parametrize(
    ("library", "says"),
    [
        ({"retires": 1}, "did you mean retries"),
        ({"retries": "many"}, r"\[resolve\] retries is not"),
        ({"retries": True}, r"\[resolve\] retries is not"),
        ({"crossref_url": 3}, r"\[resolve\] crossref_url is not"),
        ({"allow_private": True}, "set NORTHBIB_ALLOW_PRIVATE instead"),
        ({"cache": "/tmp/x"}, "set NORTHBIB_CACHE instead"),  # noqa: S108
        ({"openalex_key": "sesame"}, "set NORTHBIB_OPENALEX_KEY instead"),
    ],
)
def test_an_option_of_a_library_that_is_wrong_or_not_its_own_is_named(
    library: dict[str, Any], says: str
) -> None:
    with pytest.raises(UsageError, match=says) as caught:
        settings(library=library)
    assert "sesame" not in str(caught.value)


def test_a_table_that_is_none_is_said() -> None:
    with pytest.raises(UsageError, match="not a table"):
        Settings.from_environment({}, library={"resolve": 3})


def test_offline_nothing_can_be_asked_again() -> None:
    with pytest.raises(UsageError, match="offline"):
        settings({"NORTHBIB_OFFLINE": "1", "NORTHBIB_REFRESH": "1"})


def test_a_key_that_cannot_be_sent_is_refused_without_being_shown() -> None:
    with pytest.raises(UsageError, match="NORTHBIB_NCBI_KEY") as caught:
        settings({"NORTHBIB_NCBI_KEY": "sesame\nX: y"})
    assert "sesame" not in str(caught.value)


def test_keys_do_not_show_when_settings_are_printed() -> None:
    made = settings({"NORTHBIB_NCBI_KEY": "sesame"})
    assert made.keys == {"ncbi": "sesame"}
    assert "sesame" not in repr(made)


class _KeyringError(Exception):
    pass


def _keyring(monkeypatch: pytest.MonkeyPatch, get_password: Any) -> None:
    errors = SimpleNamespace(KeyringError=_KeyringError)
    monkeypatch.setitem(sys.modules, "keyring", SimpleNamespace(get_password=get_password))
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)
    monkeypatch.setattr(keys, "find_spec", lambda _: True)


def test_a_key_may_be_in_the_keyring_and_is_looked_up_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[str, str]] = []

    def get_password(service: str, name: str) -> str | None:
        asked.append((service, name))
        return "sesame" if name == "openalex" else None

    _keyring(monkeypatch, get_password)
    found = Keys({"ncbi": "given"}, keyring=True)
    assert [found.of(n) for n in ("openalex", "openalex", "ncbi", "crossref")] == [
        "sesame",
        "sesame",
        "given",
        "",
    ]
    assert asked == [("northbib", "openalex"), ("northbib", "crossref")]
    assert Keys({}, keyring=False).of("openalex") == ""


def test_a_keyring_that_is_locked_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def get_password(service: str, name: str) -> str | None:
        raise _KeyringError

    _keyring(monkeypatch, get_password)
    assert Keys({}, keyring=True).of("openalex") == ""


def test_every_option_and_every_service_is_documented_as_it_is(root: Path) -> None:
    page = (root / "docs" / "resolving.md").read_text(encoding="utf-8")
    for name, option in OPTIONS.items():
        (line,) = re.findall(rf"^\| `NORTHBIB_{name.upper()}`( \*)? \|", page, re.MULTILINE)
        assert bool(line) != option.lendable, name
    for name, service in SERVICES.items():
        key = f"`NORTHBIB_{service.account.upper()}_KEY`" if service.key else "none"
        row = rf"^\| `{name}` \| {re.escape(service.url) or 'none'} \|.*\| {key} \|$"
        assert re.search(row, page, re.MULTILINE), name
