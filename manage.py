#!/usr/bin/env python
"""Runs the project's commands; ``manage.py help`` lists them."""

import os
import sys

# Commands that only judge documents and print tables: they need no database, no keys, no settings.
PURE_COMMANDS = {"assess", "checkin", "payer_packs", "readiness", "rules"}


def run_pure(name: str) -> None:
    from importlib import import_module

    from django.conf import settings

    from clinic import environment

    settings.configure(
        PC_PTSD5_CUTOFF_WOMEN=environment.whole("PC_PTSD5_CUTOFF_WOMEN", default=4, low=3, high=4),
        USE_I18N=False,  # staff read English, and translations would ask for the apps
    )
    import_module(f"treatments.management.commands.{name}").Command().run_from_argv(sys.argv)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")
    if len(sys.argv) > 1 and sys.argv[1] in PURE_COMMANDS:
        return run_pure(sys.argv[1])
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
