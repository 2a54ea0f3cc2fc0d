"""The WSGI application, for granian or any other WSGI server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from clinic.deadlines import hold_to_deadlines

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")
application = get_wsgi_application()
hold_to_deadlines()

# What was loaded stays for good: without this each full collection walks it all again, some 20 ms in a request.
gc.collect()
gc.freeze()
