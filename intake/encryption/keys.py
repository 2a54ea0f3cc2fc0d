"""The master keys of this installation, as the settings name them."""

import base64
from functools import lru_cache

from django.conf import settings

from intake.encryption.sealing import MasterKeys


def master_keys() -> MasterKeys:
    return _made(settings.SEALING_KEYS)


@lru_cache(maxsize=8)
def _made(keys: tuple[str, ...]) -> MasterKeys:
    return MasterKeys([base64.b64decode(key) for key in keys])
