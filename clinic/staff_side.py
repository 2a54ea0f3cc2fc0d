"""What only requests of staff pass through; a patient's passes by all of it at once.

A patient's page is asked for thirty times an intake, and each layer costs it what a function that does nothing costs.
"""

from collections.abc import Callable
from typing import Any

from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponse

from clinic.emergency import behind_glass
from clinic.on_record import on_record
from clinic.second_factor import second_factor
from clinic.staff_session import is_of_staff, staff_session

Handler = Callable[[HttpRequest], HttpResponse]
LAYERS = (staff_session, second_factor, behind_glass, on_record)  # the outermost first


def staff_side(get_response: Handler) -> Handler:
    """As if each of ``LAYERS`` stood in MIDDLEWARE by itself: none of them does anything for who is not of staff."""
    of_staff: Any = get_response
    for layer in reversed(LAYERS):
        of_staff = convert_exception_to_response(layer(of_staff))

    def handle(request: HttpRequest) -> HttpResponse:
        return of_staff(request) if is_of_staff(request) else get_response(request)

    return handle
