"""Passwords of staff: how they are kept, and what they must be, in our words.

Argon2id with the least memory that OWASP advises, so that a flood of sign-ins fits a small machine.
"""

from django.contrib.auth import password_validation
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.utils.translation import gettext as _


class Argon2(Argon2PasswordHasher):
    memory_cost = 19_456  # KiB
    time_cost = 2
    parallelism = 1


class LongEnough(password_validation.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return _("Use at least %(n)d characters: four or five words do.") % {"n": self.min_length}

    def get_help_text(self) -> str:
        return _("At least %(n)d characters: four or five words do.") % {"n": self.min_length}


class NotAboutOneself(password_validation.UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return _("This is too close to the %(verbose_name)s of the account.")

    def get_help_text(self) -> str:
        return _("Nothing close to your name or address.")


class NotCommon(password_validation.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("Many people use this one: choose another.")

    def get_help_text(self) -> str:
        return _("None that many people use.")
