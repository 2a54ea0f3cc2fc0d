"""The app behind a server with short deadlines, and addresses that answer late or with what came: for tests/trust/test_slow_bodies.py."""

import time

from django.http import HttpResponse, StreamingHttpResponse

from clinic.rsgi import Application
from clinic.wsgi import application as django


def wsgi(environ, start_response):
    if environ["PATH_INFO"] == "/sleeps/" or "HTTP_X_SLEEPS" in environ:
        time.sleep(2)
    if environ["PATH_INFO"] == "/from/":
        start_response("200 OK", [("content-type", "text/plain")])
        return HttpResponse(environ.get("HTTP_X_FORWARDED_FOR", "nobody"))
    if environ["PATH_INFO"] == "/streams/":
        start_response("200 OK", [("content-type", "text/csv")])
        return StreamingHttpResponse(f"{time.sleep(0.015)}{number}\n" for number in range(100))
    return django(environ, start_response)


application = Application(wsgi, body_seconds=1, answer_seconds=1)
