"""The forms of staff accounts: whose it is, and which teams they work in. None asks for a password."""

from typing import Any

from django import forms
from django.contrib.admin.forms import AdminPasswordChangeForm
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.models import Group, User
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from intake.fields.characters import seen
from intake.fields.kinds import Text
from treatments.permissions import GROUPS
from treatments.triage.accounts import PERSON, set_password, state_of


class SeenEmail(forms.EmailField):
    """Without what no eye sees, which a pasted address may hold."""

    def to_python(self, value: str | None) -> str | None:
        return super().to_python(seen(value or ""))


def groups() -> list[tuple[int, str]]:
    """The seeded ones. As choices: a posted number that no group has must not reach the database."""
    return list(Group.objects.filter(name__in=GROUPS).order_by("name").values_list("pk", "name"))


class PersonForm(forms.Form):
    use_required_attribute = False
    first_name = forms.CharField(
        label=_("First name"), max_length=150, error_messages={"required": _("Give a first name.")}
    )
    last_name = forms.CharField(label=_("Last name"), max_length=150, required=False)
    email = SeenEmail(
        label=_("Email"),
        max_length=254,
        required=False,
        error_messages={"invalid": _("This is no email address. It has a name, an @ and a place.")},
        help_text=_("Where the clinic sends mail, the link to set a password goes there."),
    )
    groups = forms.TypedMultipleChoiceField(
        label=_("Team"),
        choices=groups,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("There is no such team.")},
        help_text=_("What this person may do comes from here alone."),
    )

    def asked(self) -> dict[str, Any]:
        """The keyword arguments of what is done."""
        return {**self.cleaned_data, "groups": list(Group.objects.filter(pk__in=self.cleaned_data["groups"]))}


class NewAccountForm(PersonForm):
    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        validators=[
            RegexValidator(
                UnicodeUsernameValidator.regex, _("Use letters, digits, and any of @ . + - _ and no spaces.")
            )
        ],
        error_messages={"required": _("Give a user name.")},
        help_text=_("What they sign in with."),
    )

    def clean_username(self) -> str:
        name = User.normalize_username(self.cleaned_data["username"])
        if User.objects.filter(username__iexact=name).exists():
            raise forms.ValidationError(_("There is an account with this user name."))
        return name


class AccountForm(PersonForm):
    """``seen`` says what the page showed: an edit over another's is refused."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, data=None, *, account: User) -> None:
        values = {name: getattr(account, name) for name in PERSON}
        super().__init__(
            data,
            initial={
                **values,
                "groups": account.groups.values_list("pk", flat=True),
                "seen": state_of(account),
            },
        )


WRONG: dict[str, Text] = {
    "password_mismatch": _("The two are not the same."),
    "password_incorrect": _("This is not your password. Type it once more."),
}


class NewPassword(forms.Form):
    """The words of both forms that set a password."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        words = {
            "old_password": _("The password you have now"),
            "new_password1": _("New password"),
            "new_password2": _("New password, once more"),
        }
        for name, field in self.fields.items():
            field.label = words[name]
            field.error_messages["required"] = _("Type a password.")
        self.fields["new_password2"].help_text = ""


class PasswordChange(NewPassword, AdminPasswordChangeForm):
    """One's own, signed in, with the old one."""

    error_messages = WRONG

    def save(self, commit: bool = True) -> User:
        set_password(account=self.user, password=self.cleaned_data["new_password1"])
        return self.user


class OwnPasswordForm(NewPassword, SetPasswordForm):
    """By a link: the owner types the new password twice. ``token`` is the link's."""

    error_messages = WRONG

    def save_with(self, token: str) -> None:
        set_password(account=self.user, password=self.cleaned_data["new_password1"], token=token)
