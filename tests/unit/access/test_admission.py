"""Who is let in, and as what."""

from datetime import UTC, datetime, timedelta

import pytest

from components.access.admission import admit
from components.access.errors import AccessError
from components.access.person import Person, owner_of
from components.access.rules import Rules
from components.access.store import KeptPerson, Role

AT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
RULES = Rules("oidc", allow=("example.org", "guest@other.example"))


def claims(**other: object) -> dict[str, object]:
    usual: dict[str, object] = {
        "iss": "https://login.example",
        "sub": "17",
        "email": "Ann@Example.org",
        "email_verified": True,
        "name": "Ann",
        "iat": int(AT.timestamp()),
        "is_logged_in": True,
    }
    return {key: value for key, value in (usual | other).items() if value is not None}


def kept(*, role: Role | None = None, off: bool = False, out: datetime | None = None) -> KeptPerson:
    return KeptPerson("oidc-1", "ann@example.org", "Ann", role, off, AT, out, AT, AT)


def refused(said: dict[str, object], of: KeptPerson | None = None, rules: Rules = RULES) -> str:
    with pytest.raises(AccessError) as caught:
        admit(said, rules, of)
    return caught.value.code


def test_somebody_of_an_allowed_domain_is_a_member() -> None:
    person, said = admit(claims(), RULES, None)
    owner = owner_of("https://login.example", "17")
    assert person == Person(owner, "Ann", "ann@example.org", "member")
    assert said.signed_in_at == AT


@pytest.mark.parametrize(
    "email",
    [
        "ann@evil.example",
        "ann@sub.example.org",
        "ann@notexample.org",
        "other@other.example",
        "guest@other.example.evil.example",
    ],
)
def test_a_domain_is_that_domain_alone(email: str) -> None:
    assert refused(claims(email=email)) == "access_not_allowed"


def test_an_address_on_the_list_is_let_in() -> None:
    assert admit(claims(email="GUEST@other.example"), RULES, None)[0].email


@pytest.mark.parametrize("verified", [False, None, "false", "yes", 1.5])
def test_an_address_that_nobody_vouches_for_counts_for_nothing(verified: object) -> None:
    said = claims(email_verified=verified)
    assert refused(said) == "access_unverified"
    anybody = Rules("oidc", allow=("*",), admins=("ann@example.org",))
    person, _ = admit(said, anybody, None)
    assert (person.email, person.role) == ("", "member")


def test_a_provider_that_never_says_verified_can_be_trusted_by_setting() -> None:
    trusting = Rules("oidc", allow=("example.org",), unverified=True)
    assert admit(claims(email_verified=None), trusting, None)[0].email == "ann@example.org"
    assert refused(claims(email_verified=False), rules=trusting) == "access_unverified"


def test_without_an_address_a_list_lets_nobody_in() -> None:
    assert refused(claims(email=None)) == "access_no_address"


@pytest.mark.parametrize("gone", ["iss", "sub"])
def test_without_issuer_and_subject_nobody_is_anybody(gone: str) -> None:
    anybody = Rules("oidc", allow=("*",))
    for nothing in (None, "", " ", 7):
        assert refused(claims(**{gone: nothing}), rules=anybody) == "access_no_identity"


def test_who_is_switched_off_is_out_although_listed() -> None:
    admins = Rules("oidc", allow=("*",), admins=("ann@example.org",))
    assert refused(claims(), kept(off=True), admins) == "access_off"


@pytest.mark.parametrize(
    ("seconds", "code"), [(-60, "access_signed_out"), (0, "access_signed_out")]
)
def test_a_sign_in_up_to_the_signing_out_counts_no_more(seconds: int, code: str) -> None:
    issued = int((AT + timedelta(seconds=seconds)).timestamp())
    assert refused(claims(iat=issued), kept(out=AT)) == code


def test_a_sign_in_after_the_signing_out_counts() -> None:
    issued = int((AT + timedelta(seconds=1)).timestamp())
    assert admit(claims(iat=issued), RULES, kept(out=AT))


@pytest.mark.parametrize("iat", [None, "later", True, float("inf"), float("nan"), 10**30])
def test_a_sign_in_without_a_readable_time_is_older_than_any_signing_out(iat: object) -> None:
    assert refused(claims(iat=iat), kept(out=AT)) == "access_signed_out"


def test_roles_come_from_the_settings_and_an_admins_word_goes_before_the_lists() -> None:
    rules = Rules(
        "oidc",
        allow=("*",),
        admins=("ann@example.org",),
        members=("bob@example.org",),
        viewers=("example.org",),
        role="viewer",
    )

    def role(email: str, given: Role | None = None) -> Role:
        return admit(claims(email=email), rules, kept(role=given))[0].role

    assert role("ann@example.org") == "admin"
    assert role("ann@example.org", "viewer") == "admin", "nobody locks the settings' admins out"
    assert role("bob@example.org") == "member"
    assert role("cal@example.org") == "viewer"
    assert role("cal@example.org", "admin") == "admin"
    assert role("dan@other.example") == "viewer"


def test_an_owner_is_issuer_and_subject_together_and_tells_neither() -> None:
    owners = {
        owner_of("https://a.example", "17"),
        owner_of("https://b.example", "17"),
        owner_of("https://a.example", "18"),
        owner_of("https://a.example1", "7"),
        owner_of("https://a.example", '","17'),
    }
    assert len(owners) == 5
    assert not {"local", "shared"} & owners
    assert all(len(owner) == 45 and "example" not in owner for owner in owners)


def test_an_address_that_passes_to_another_person_brings_nothing_along() -> None:
    first, _ = admit(claims(), RULES, None)
    second, _ = admit(claims(sub="18"), RULES, None)
    assert first.email == second.email
    assert first.owner != second.owner


def test_viewers_ask_nothing_and_only_admins_see_to_people() -> None:
    viewer, member, admin = (Person("x", role=r) for r in ("viewer", "member", "admin"))  # type: ignore[arg-type]
    with pytest.raises(AccessError, match="access_viewer"):
        viewer.must_ask()
    member.must_ask()
    for person in (viewer, member):
        with pytest.raises(AccessError, match="access_not_admin"):
            person.must_be_admin()
    admin.must_be_admin()
