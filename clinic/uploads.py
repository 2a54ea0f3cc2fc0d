"""Takes no file: no form of ours has one, and Django's own limits on what is sent don't count files."""

from typing import NoReturn

from django.core.exceptions import BadRequest
from django.core.files.uploadhandler import FileUploadHandler


class RefuseFiles(FileUploadHandler):
    """Answers 400 at the head of the first file, before anything of it is read or stored."""

    def new_file(self, *args: object, **kwargs: object) -> NoReturn:
        raise BadRequest("No form of ours takes a file.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        return None

    def file_complete(self, file_size: int) -> None:
        return None
