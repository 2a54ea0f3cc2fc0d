"""The app as it must not be, for controls: it says that a page is saved before it is."""

import threading
import time
from io import BytesIO

from django.http import HttpResponse

from clinic.rsgi import Application
from clinic.wsgi import application as django

LATER = 0.5  # seconds


def wsgi(environ, start_response):
    if environ["REQUEST_METHOD"] != "POST":
        return django(environ, start_response)
    meant = {**environ, "wsgi.input": BytesIO(environ["wsgi.input"].read())}
    threading.Timer(LATER, lambda: list(django(meant, lambda *_head: None))).start()
    time.sleep(LATER / 10)
    start_response("302 Found", [("location", "/intake/")])
    return HttpResponse()


application = Application(wsgi)
