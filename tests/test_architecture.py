"""The rules of the house that a machine can check: directions of import, purity, one writer, marked fields."""

import ast
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from intake.encryption.columns import SealedJSON, SealedText

ROOT = Path(__file__).parent.parent
# Imports run from the later ones to the earlier ones, never back.
LAYERS = ("intake", "treatments", "clinic")
PURE = (
    "intake.fields",
    "intake.scales",
    "intake.scoring",
    "intake.drugs",
    "intake.encryption.sealing",
    "intake.document",
    "intake.typed",
    "intake.questionnaire",
    "intake.questionnaire.intake",
    "intake.questionnaire.dangers",
    "treatments.progress",
    "treatments.rules",
    "treatments.payers",
    "treatments.payers.request",
    "treatments.workflow",
    "treatments.catalog",
)
IMPURE_IMPORTS = (
    "django.db",
    "django.conf",
    "django.utils.timezone",
    "django.utils.connection",
    "time",
    "random",
    "intake.models",
    "treatments.models",
)
CLOCKS = {"now", "today", "utcnow", "localdate", "localtime", "monotonic"}
WRITES = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "add",
    "set",
    "raw",
    "execute",
}
READS_OF_OTHERS = {"add", "set", "update", "delete"}  # also what sets, dicts and requests have


def modules(*packages: str) -> Iterator[tuple[str, Path]]:
    """``(dotted name, file)`` of every module in the packages, migrations and commands included."""
    for package in packages:
        place = ROOT.joinpath(*package.split("."))
        files = (
            [place.with_suffix(".py")] if place.with_suffix(".py").exists() else sorted(place.rglob("*.py"))
        )
        assert files, f"nothing found for {package}"
        for file in files:
            parts = file.relative_to(ROOT).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), file


def imports(name: str, file: Path) -> Iterator[str]:
    """Every module and name that is imported anywhere in the file, as dotted names; strings too, as in
    ``import_module("treatments.models")`` and in a migration's dependencies.
    """
    package = name if file.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.Import():
                yield from (each.name for each in node.names)
            case ast.ImportFrom():
                base = node.module or ""
                if node.level:
                    parts = package.split(".")
                    above = parts[: len(parts) - node.level + 1]
                    base = ".".join([*above, base] if base else above)
                yield from (f"{base}.{each.name}" for each in node.names)
            case ast.Call(func=ast.Name("import_module") | ast.Attribute(attr="import_module")):
                yield from (each.value for each in node.args if isinstance(each, ast.Constant))
            case ast.Tuple(elts=[ast.Constant(value=str() as app), ast.Constant(value=str() as migration)]):
                if "migrations" in name and app in LAYERS and migration[:4].isdigit():
                    yield f"{app}.migrations.{migration}"


def starts(name: str, prefixes: tuple[str, ...]) -> bool:
    return any(name == prefix or name.startswith(f"{prefix}.") for prefix in prefixes)


def test_imports_run_from_the_clinic_to_the_treatments_to_the_intake_and_never_back():
    wrong = []
    for height, layer in enumerate(LAYERS):
        above = LAYERS[height + 1 :]
        for name, file in modules(layer):
            wrong += [f"{name} imports {each}" for each in imports(name, file) if starts(each, above)]
    assert wrong == []


def test_a_wrong_import_would_be_noticed(tmp_path):
    planted = tmp_path / "planted.py"
    planted.write_text(
        "def late():\n    from treatments.models import Referral\n"
        "import treatments.triage as t\n"
        "from .. import treatments\n"
        "import_module('treatments.rules')\n"
    )
    found = set(imports("intake.views.planted", planted))
    assert found == {
        "treatments.models.Referral",
        "treatments.triage",
        "intake.treatments",
        "treatments.rules",
    }


def test_what_judges_imports_no_database_no_clock_and_no_settings():
    wrong = [
        f"{name} imports {each}"
        for name, file in modules(*PURE)
        for each in imports(name, file)
        if starts(each, IMPURE_IMPORTS)
    ]
    assert wrong == []


def test_what_judges_never_looks_at_a_clock():
    wrong = []
    for name, file in modules(*PURE):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in CLOCKS:
                wrong.append(f"{name}:{node.lineno} {ast.unparse(node)}")
    assert wrong == []


def test_what_judges_loads_without_settings_and_without_the_orm_in_a_bare_python():
    """Not only its own imports: also what these import in their turn."""
    script = (
        "import sys, importlib\n"
        f"for name in {PURE!r}: importlib.import_module(name)\n"
        "from django.conf import settings\n"
        "assert not settings.configured, 'settings were read'\n"
        "assert 'django.db.models' not in sys.modules, 'the ORM was loaded'\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, env={}, check=False
    )
    assert done.returncode == 0, done.stderr


# --- What a clinic has set ------------------------------------------------------------------------------

READS_WHAT_IS_SET = ("clinic", "intake.locations")
# What belongs to a deployment and not to a clinic's location: keys, addresses, mail servers, Django's own.
OF_THE_DEPLOYMENT = {
    "BACKUP_KEYS",
    "AUTH_USER_MODEL",
    "CACHES",
    "CSRF_COOKIE_NAME",
    "DEBUG",
    "DEFAULT_FROM_EMAIL",
    "DEMO",
    "HTTPS",
    "LANGUAGES",
    "LANGUAGE_CODE",
    "LANGUAGE_COOKIE_NAME",
    "ON_CALL_EMAIL",
    "ON_CALL_WEBHOOK",
    "SEALING_KEYS",
    "SECRET_KEY",
    "EMAIL_HOST",
    "PASSWORD_RESET_TIMEOUT",
    "SENDS_MAIL",
    "TEXT_WEBHOOK",
    "TEXT_WEBHOOK_SECRET",
    "SITE_URL",
    "STAFF_SECOND_FACTOR",
}


def settings_read_in(name: str, file: Path) -> Iterator[str]:
    """The settings that a file reads, and "settings" for each use by which any of them might be read."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    taken = set(imports(name, file))
    names = {
        each.asname or each.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for each in node.names
        if f"{node.module}.{each.name}" == "django.conf.settings"
    }
    if starts("clinic.settings", tuple(taken)) or "django.conf" in taken or names - {"settings"}:
        yield "settings"
    inner = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in names:
            inner.add(id(node.value))
            yield node.attr
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in names and id(node) not in inner:
            yield "settings"


def test_what_a_clinic_has_set_is_read_through_one_function():
    wrong = {
        name: found
        for name, file in modules(*LAYERS)
        if not starts(name, READS_WHAT_IS_SET)
        and (found := set(settings_read_in(name, file)) - OF_THE_DEPLOYMENT)
    }
    assert wrong == {}


def test_a_setting_read_elsewhere_would_be_noticed(tmp_path):
    planted = tmp_path / "planted.py"
    for text, found in (
        ("from django.conf import settings\nsettings.DRAFT_DAYS\n", {"DRAFT_DAYS"}),
        ("def late():\n    from django.conf import settings\n    getattr(settings, 'X')\n", {"settings"}),
        ("from django.conf import settings as s\ns.DRAFT_DAYS\n", {"settings", "DRAFT_DAYS"}),
        ("import django.conf\n", {"settings"}),
        ("from clinic import settings\n", {"settings"}),
    ):
        planted.write_text(text)
        assert set(settings_read_in("intake.planted", planted)) == found, text


# --- One writer ----------------------------------------------------------------------------------------

# What else stands in treatments/ and looks like writing: none of it writes a row of treatments' models.
NOT_OUR_ROWS = {
    "treatments.models.event": {"super().save", "each.save"},  # the guard that lets an event be saved once
    "treatments.models.alert": {"super().save"},  # and an entry of an alert
    "treatments.models.risk_assessment": {"super().save"},  # and a risk assessment
    "treatments.models.paper": {"super().save"},  # and a paper
    "treatments.models.evidence": {"super().save"},  # and what supports an answer
    "treatments.models.referral": {"super().save"},  # keeps derived columns, whoever saves
    "treatments.permissions": {"content_types.get_or_create", "rows.bulk_create"},  # Django's, after migrate
    "treatments.exports.worklist": {"book.save"},  # a workbook
    # They read whole tables, and make and drop a database to try a restore in.
    "treatments.management.backups.contents": {"cursor.execute"},
    "treatments.management.backups.dumping": {"cursor.execute"},
    # Rights of a role, and the database's own catalog.
    "treatments.models.run_role": {"cursor.execute"},
    "treatments.management.commands.grant_app_role": {"cursor.execute"},
    "treatments.management.sweeping": {"cursor.execute"},  # VACUUM: no row changes by it
    "treatments.management.commands.seed_groups": {
        "Group.objects.get_or_create",
        "group.permissions.set",
    },
}


def writes_in(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            what = ast.unparse(node.func)
            if node.func.attr in READS_OF_OTHERS and not {"objects", "permissions"} & set(what.split(".")):
                continue  # a set, a dict, a list: rows are changed through managers or by save()
            found.add(what)
    return found


def test_only_triage_writes_the_rows_of_the_clinics_side():
    """A simple check by name; ``triage``, migrations and the demonstration are the ones that may."""
    allowed = ("treatments.triage", "treatments.migrations", "treatments.demo")
    found = {name: writes_in(file) for name, file in modules("treatments") if not starts(name, allowed)}
    wrong = {name: told - NOT_OUR_ROWS.get(name, set()) for name, told in found.items()}
    assert {name: told for name, told in wrong.items() if told} == {}


# --- The patient's side: its own verbs write its rows, and are given the time ----------------------------

WRITES_PATIENTS_ROWS = ("intake.models", "intake.migrations", "treatments.migrations")
PATIENTS_ROWS = {model.__name__ for model in apps.get_app_config("intake").get_models()}
# What a variable that holds such a row is called.
PATIENTS_NAMES = {"submission", "draft", "sent", "question", "amendment", "alarm", "mail", "message"}


def writes_of_patients_rows(name: str, tree: ast.AST) -> Iterator[str]:
    """Calls that write, on a model of the patient's side or on a row of it; within ``intake`` all calls that do."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        words = ast.unparse(node.func).replace("(", ".").split(".")
        on_a_model = bool(PATIENTS_ROWS & set(words)) and "objects" in words
        on_a_row = words[-2] in PATIENTS_NAMES if len(words) > 1 else False
        own = starts(name, ("intake",)) and node.func.attr not in READS_OF_OTHERS
        if node.func.attr in WRITES and (on_a_model or on_a_row or own):
            yield f"{name}:{node.lineno} {ast.unparse(node.func)}"


def test_only_its_own_verbs_write_the_rows_of_the_patients_side():
    wrong = [
        found
        for name, file in modules(*LAYERS)
        if not starts(name, WRITES_PATIENTS_ROWS)
        for found in writes_of_patients_rows(name, ast.parse(file.read_text(encoding="utf-8")))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "planted",
    (
        "Submission.objects.create(language='en')",
        "Submission.objects.filter(pk=1).update(state='draft')",
        "Alarm.objects.bulk_create([])",
        "referral.submission.save()",
        "draft.delete()",
        "sent.answers = {}; sent.save(update_fields=['answers'])",
    ),
)
def test_a_write_of_a_patients_row_elsewhere_is_found(planted):
    assert list(writes_of_patients_rows("treatments.triage.planted", ast.parse(planted)))


def asks_a_clock(tree: ast.AST) -> Iterator[int]:
    """Lines that ask what time it is, but for a verb's ``at or timezone.now()``."""
    filled_in = {
        id(node.values[1])
        for node in ast.walk(tree)
        if isinstance(node, ast.BoolOp)
        and isinstance(node.op, ast.Or)
        and ast.unparse(node.values[0]) == "at"
    }
    for node in ast.walk(tree):
        asked = isinstance(node, ast.Call) and getattr(node.func, "attr", "") in CLOCKS
        if asked and not node.args and id(node) not in filled_in:
            yield node.lineno


def test_the_verbs_of_the_patients_side_are_given_the_time_and_nothing_beneath_asks_a_clock():
    wrong = [
        f"{name}:{line}"
        for name, file in modules("intake.models", "intake.forms", "intake.mail.links", "intake.entry")
        for line in asks_a_clock(ast.parse(file.read_text(encoding="utf-8")))
    ]
    assert wrong == []
    assert list(asks_a_clock(ast.parse("def f(at=None):\n    day = timezone.localdate()\n"))) == [2]


# --- Answers have one home, which no query looks into ---------------------------------------------------


def looks_into_answers(tree: ast.AST) -> Iterator[int]:
    """Lines that name a path within the column ``answers``, as an argument, in a string, or in a transform."""
    for node in ast.walk(tree):
        match node:
            case ast.keyword(arg=str() as name) if "answers__" in name:
                yield node.value.lineno
            case ast.Constant(value=str() as text) if "answers__" in text or "answers->" in text:
                yield node.lineno
            case ast.Call(args=[*_, ast.Constant(value="answers")]) if "Key" in ast.unparse(node.func):
                yield node.lineno


def test_no_query_looks_into_the_answers():
    wrong = [
        f"{name}:{line}"
        for name, file in modules(*LAYERS)
        for line in looks_into_answers(ast.parse(file.read_text(encoding="utf-8")))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "planted",
    (
        "Submission.objects.filter(answers__about__last_name='Lee')",
        "rows.filter(submission__answers__about__last_name='Lee')",
        "rows.values_list('answers__about__email')",
        "KT('answers__about__email')",
        "KeyTransform('about', 'answers')",
        "cursor.execute(\"SELECT answers->'about' FROM intake_submission\")",
    ),
)
def test_a_query_that_looks_into_the_answers_is_found(planted):
    assert list(looks_into_answers(ast.parse(planted)))


# --- One place that sets a state ------------------------------------------------------------------------

ONLY_MOVES = "treatments.triage.moves"
WRITTEN_STRAIGHT = "treatments.demo.crowd"  # a million rows at once, to measure lists
ROWS_WITH_A_STATE = {"Referral", "Consult", "RecordRequest"}


def sets_a_state(node: ast.AST) -> bool:
    """``row.state = …``, ``setattr(row, "state", …)``, ``update(state=…)``, ``Consult(state=…)``."""
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del):
        return node.attr == "state"
    if not isinstance(node, ast.Call):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name == "setattr":
        return getattr(node.args[1], "value", None) == "state"
    named = any(keyword.arg == "state" for keyword in node.keywords)
    return named and (name in WRITES or name in ROWS_WITH_A_STATE)


def places(found: Callable[[ast.AST], bool], *exempt: str) -> list[str]:
    return [
        f"{name}:{node.lineno}"
        for name, file in modules("treatments")
        if name not in exempt
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if found(node)
    ]


def test_only_moves_sets_the_state_of_a_referral_or_a_consult():
    assert places(sets_a_state, ONLY_MOVES, WRITTEN_STRAIGHT) == []
    assert len(places(sets_a_state, WRITTEN_STRAIGHT)) == 1


@pytest.mark.parametrize(
    "planted",
    (
        "referral.state = 'new'",
        "this.referral.state, note = 'new', ''",
        "setattr(row, 'state', 'new')",
        "Referral.objects.filter(pk=1).update(state='new')",
        "Consult.objects.create(state='booked')",
        "Consult(state='booked')",
        "RecordRequest(state='sent')",
    ),
)
def test_a_state_that_is_set_elsewhere_is_found(planted):
    assert any(sets_a_state(node) for node in ast.walk(ast.parse(planted)))


def test_only_an_undo_restores_an_earlier_state():
    def restores(node: ast.AST) -> bool:
        return isinstance(node, ast.keyword) and node.arg == "restoring"

    assert {place.split(":")[0] for place in places(restores)} == {"treatments.triage.undo"}


# --- Patient data ---------------------------------------------------------------------------------------

OURS = [model for model in apps.get_models() if model._meta.app_label in LAYERS and not model._meta.proxy]
CANARY = "Canarybird"


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_field_is_marked_as_patient_data_or_not_and_none_twice(model):
    names = {field.name for field in model._meta.get_fields() if not field.auto_created or field.concrete}
    assert names == model.PATIENT_DATA | model.NOT_PATIENT_DATA
    assert not model.PATIENT_DATA & model.NOT_PATIENT_DATA


def with_canary(field: models.Field):
    match field:
        case models.JSONField() | SealedJSON():
            return {"about": {"first_name": CANARY}}
        case models.CharField() | models.TextField() | SealedText():
            return CANARY
    return None


@pytest.mark.parametrize(
    "model",
    [model for model in apps.get_models() if model._meta.app_label in LAYERS],
    ids=lambda m: m.__name__,
)
def test_no_row_says_patient_data_when_it_is_written_out(model):
    told = {
        field.name: with_canary(field)
        for field in model._meta.concrete_fields
        if field.name in model.PATIENT_DATA and with_canary(field) is not None
    }
    row = model(**told)
    assert CANARY not in str(row)
    assert CANARY not in repr(row)


def test_no_stored_row_says_patient_data_when_it_is_written_out(clinic):
    named = {"about.first_name": CANARY, "about.last_name": CANARY, "about.email": f"{CANARY}@example.org"}
    clinic.consult("returned", **named, **{"safety.harm_to_others": "yes"})
    for model in apps.get_models():
        for row in model.objects.all() if hasattr(model, "objects") else ():
            assert CANARY not in f"{row} {row!r}"


# --- Names ------------------------------------------------------------------------------------------------


def test_no_file_is_named_for_what_it_is_not():
    vague = ("util", "helper", "common", "base", "manager")
    files = [file for layer in LAYERS for file in (ROOT / layer).rglob("*.py")]
    assert [file for file in files if any(word in file.stem.lower() for word in vague)] == []


def test_every_file_opens_with_a_sentence_that_says_what_it_is():
    silent = []
    for name, file in modules(*LAYERS):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        if tree.body and "migrations" not in name and not ast.get_docstring(tree):
            silent.append(name)
    assert silent == []


# --- What staff read ---------------------------------------------------------------------------------


def test_what_staff_read_writes_nothing_and_imports_nothing_that_does():
    """``reading`` stands below everything that writes or answers requests."""
    above = ("treatments.triage", "treatments.admin", "treatments.exports", "treatments.figures")
    wrong = [
        f"{name} imports {each}"
        for name, file in modules("treatments.reading")
        for each in imports(name, file)
        if starts(each, above)
    ]
    assert wrong == []
    assert {name: writes_in(file) for name, file in modules("treatments.reading") if writes_in(file)} == {}
