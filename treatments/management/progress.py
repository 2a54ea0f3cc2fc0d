"""How far a long command has got: a bar on a terminal, now and then a line elsewhere."""

from collections.abc import Callable

from django.core.management.base import OutputWrapper

BAR = 30  # characters


def progress(out: OutputWrapper, what: str, every: int) -> Callable[[int, int], None]:
    """A function to call with how many of all are done; ``every`` so many makes a line where there is no bar."""

    def show(done: int, total: int) -> None:
        if out.isatty():
            bar = "#" * (BAR * done // total)
            ending = "\n" if done == total else ""
            out.write(f"\r[{bar:<{BAR}}] {done:,}/{total:,} {what}", ending=ending)
            out.flush()
        elif done == total or done % every == 0:
            out.write(f"{done:,}/{total:,} {what}")

    return show
