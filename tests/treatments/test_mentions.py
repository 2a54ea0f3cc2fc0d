"""Mentions in notes: what is one, who may be named, what is said of anybody else, and how the timeline shows it."""

import pytest
from django.contrib.auth.models import User
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import fresh
from tests.pages import flat
from tests.treatments import notices
from tests.treatments.notices import unread
from treatments.models import Event, Notice
from treatments.templatetags.notes import note as shown_note
from treatments.triage.accounts import end_account
from treatments.triage.notes import add_note
from treatments.triage.team_questions import answer_team, ask_desk
from treatments.workflow import Refused
from treatments.workflow.mentions import names_in, parts_of


@pytest.mark.parametrize(
    ("note", "names"),
    [
        ("@cora please", ["cora"]),
        ("Ask @Cora, @CARL.", ["Cora", "CARL"]),
        ("(@cora)", ["cora"]),
        ("@cora's", ["cora"]),
        ("@cora: see @carl!", ["cora", "carl"]),
        ("@cora... @cora", ["cora"]),
        ("@cora/@carl", ["cora", "carl"]),
        ("line\n@cora\n@carl?", ["cora", "carl"]),
        ("@j.doe-smith+1.", ["j.doe-smith+1"]),
        ("@jane@clinic.example", ["jane@clinic.example"]),
        ("jane@clinic.example", []),
        ("mailto:jane.doe@clinic.example", []),
        ("jane.@clinic", []),
        ("call @ 5 pm, 2 @ 3", []),
        ("@", []),
        ("@@", []),
        ("@.", []),
        ("@josé", ["josé"]),
    ],
)
def test_what_is_a_mention(note, names):
    assert names_in(note) == names


@given(st.text(alphabet="@ab. -+\n'x", max_size=40))
def test_a_note_in_pieces_is_the_note_but_for_the_names(note):
    shown = {name.casefold(): name for name in names_in(note)}
    assert "".join(part for part, _named in parts_of(note, shown)) == note
    named = {part[1:] for part, named in parts_of(note, shown) if named}
    assert named == set(shown.values())


# --- Who may be named ---------------------------------------------------------------------------------------


def add(clinic, note: str):
    referral = clinic.new()
    add_note(referral=referral, actor=clinic.cast.carl, note=note)
    return fresh(referral)


def test_names_are_found_whatever_their_capitals_and_the_exact_one_wins(clinic):
    add(clinic, "@CORA, @Clara!")
    assert unread(clinic.cast.cora) and unread(clinic.cast.clara)
    Notice.objects.all().delete()
    other = User.objects.create_user("Cora", is_staff=True)
    other.groups.set(clinic.cast.cora.groups.all())
    add(clinic, "@Cora")
    assert unread(other) and not unread(clinic.cast.cora)


@pytest.mark.parametrize("name", ["nobody", "tess", "olive", "adam", "sid"])
def test_who_may_not_read_a_note_of_the_desk_is_refused_like_who_does_not_exist(clinic, name):
    with pytest.raises(Refused) as refused:
        add(clinic, f"@cora and @{name}, look.")
    assert str(refused.value) == f"@{name} is no one who may read this note."
    assert not Notice.objects.exists() and not Event.objects.filter(kind="note").exists()


def test_an_ended_account_is_nobody(clinic):
    end_account(account=clinic.cast.cora, actor=clinic.cast.adam)
    with pytest.raises(Refused, match="@cora is no one"):
        add(clinic, "@cora")


def test_with_a_consult_its_team_may_be_named_and_no_other(clinic):
    consult = notices.asked(clinic, note="Any metal, @cora?")
    referral = consult.referral
    assert unread(clinic.cast.cora) == [("mentioned", referral)]
    for name in ("sam", "pia"):
        with pytest.raises(Refused, match=f"@{name} is no one"):
            ask_desk(consult=fresh(consult), actor=clinic.cast.tess, note=f"@{name}?")
        with pytest.raises(Refused, match=f"@{name} is no one"):
            answer = {"consult": fresh(consult), "actor": clinic.cast.cora, "note": f"@{name}"}
            answer_team(referral=fresh(referral), **answer)
    answer_team(referral=fresh(referral), consult=consult, actor=clinic.cast.cora, note="No, @tess.")
    assert unread(clinic.cast.tess) == [("mentioned", referral)]


def test_the_same_note_sent_twice_is_one_notice(clinic):
    referral = clinic.new()
    for _each in range(2):
        sent = {"actor": clinic.cast.carl, "note": "@cora", "seen": referral.version}
        add_note(referral=referral, **sent)
    assert Notice.objects.count() == 1 and referral.events.filter(kind="note").count() == 1


# --- The field ----------------------------------------------------------------------------------------------


def sent(client, referral, note: str):
    address = f"/admin/treatments/referral/{referral.pk}/note/"
    return client.post(address, {"seen_version": referral.version, "note": note})


def test_an_unknown_name_is_said_at_the_field_and_the_typed_note_stays(clinic, signed_in):
    cora, referral = signed_in(clinic.cast.cora), clinic.new()
    response = sent(cora, referral, "Called @jdoe and @tess.\nWrite to jane@clinic.example")
    assert response.context["form"].errors["note"] == [
        "@jdoe is no one who may read this note. @tess is no one who may read this note."
    ]
    page = flat(response)
    assert "Called @jdoe and @tess. Write to jane@clinic.example</textarea>" in page
    assert "tells a colleague who may read this" in page
    assert not Notice.objects.exists()


@pytest.mark.parametrize("who", ["ask_desk", "answer_team"])
def test_it_is_said_at_the_fields_of_a_teams_question_and_its_answer_too(clinic, signed_in, who):
    consult = notices.asked(clinic)
    typed = {"note": "For @sam.", "consult": consult.pk}
    if who == "ask_desk":
        client, row = signed_in(clinic.cast.tess), consult
        address = f"/admin/treatments/tmsconsult/{consult.pk}/ask_desk/"
    else:
        client, row = signed_in(clinic.cast.cora), fresh(consult.referral)
        address = f"/admin/treatments/referral/{row.pk}/answer_team/"
    response = client.post(address, {**typed, "seen_version": row.version})
    assert response.context["form"].errors["note"] == ["@sam is no one who may read this note."]
    response = client.post(address, {**typed, "note": "For @tess.", "seen_version": row.version})
    assert response.status_code == 302


# --- The timeline -------------------------------------------------------------------------------------------


def test_the_timeline_shows_the_persons_name_and_what_is_typed_around_it_is_text(clinic, signed_in):
    User.objects.filter(pk=clinic.cast.cora.pk).update(last_name="<Sampson>")
    referral = add(clinic, "<b>@CORA</b>, see cora@clinic.example\n@ 5 pm")
    page = flat(signed_in(clinic.cast.cora).get(f"/admin/treatments/referral/{referral.pk}/"))
    assert (
        '&lt;b&gt;<b class="mention"><bdi>@Cora &lt;Sampson&gt;</bdi></b>&lt;/b&gt;, see cora@clinic.example<br>@ 5 pm'
        in page
    )


def test_a_note_of_before_and_an_erased_one_have_no_mentions():
    for mentions in (None, "", {}):
        assert shown_note("@cora\nlook", False, mentions)["text"] == "@cora<br>look"
