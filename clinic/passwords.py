"""How passwords are kept: Argon2id with the least memory that OWASP advises, so that a flood of sign-ins fits a small machine."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    memory_cost = 19_456  # KiB
    time_cost = 2
    parallelism = 1
