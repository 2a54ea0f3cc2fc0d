"""What the clinic's side concludes of the worked examples stands on no page that their patient sees."""

import json
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.document import answers_of
from intake.models import Submission
from intake.questionnaire.intake import INTAKE
from intake.views.guard import SESSION_KEY
from tests.intake.screen import words
from tests.intake.test_submission import FOR_STAFF_ONLY
from treatments.rules.engine import assess

EXAMPLES = sorted((Path(__file__).parents[1] / "data" / "intakes").glob("*.json"))

pytestmark = pytest.mark.django_db(transaction=True)


def begun(client: Client, document: dict) -> Submission:
    """The example as a draft of this browser, all its answers saved."""
    client.post(reverse("intake:start"))
    draft = Submission.objects.get(pk=client.session[SESSION_KEY])
    draft.answers = answers_of(document)
    lists = [page.entries for page in INTAKE.pages if page.entries]
    draft.progress["entries"] = {
        field.path: [f"{place:016x}" for place, _ in enumerate(draft.answers[field.section][field.key])]
        for field in lists
    }
    draft.save()
    return draft


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_no_score_level_finding_or_rule_of_a_worked_example_reaches_its_patient(client, example) -> None:
    document = json.loads(example.read_text())["document"]
    draft = begun(client, document)
    pages = [reverse("intake:page", args=[page.slug]) for page in draft.pages(timezone.localdate())]
    pages += [reverse("intake:help", args=[page.slug]) for page in draft.pages(timezone.localdate())]
    pages += [reverse(f"intake:{name}") for name in ("start", "tasks", "check")]
    seen = {address: client.get(address) for address in pages}
    sent = client.post(reverse("intake:send"))
    assert sent.url == reverse("intake:done")
    seen |= {reverse(f"intake:{name}"): client.get(reverse(f"intake:{name}")) for name in ("done", "record")}
    assert all(response.status_code == 200 for response in seen.values())
    told = assess(document)
    reasons = [
        finding["because"] for treatment in told["treatments"].values() for finding in treatment["findings"]
    ] + [note["because"] for note in told["notes"]]
    assert reasons
    for address, response in seen.items():
        text = words(response.content.decode())
        assert FOR_STAFF_ONLY.findall(text) == [], address
        assert not [reason for reason in reasons if reason in text], address
