"""Expands windsock's directives before Sphinx looks for pages.

Copy this file beside conf.py ("windsock init --sphinx" prints it), and write into conf.py:

    import os
    import sys

    sys.path.insert(0, os.path.abspath("."))
    extensions = ["windsock_ext"]  # with those that are there already

While Sphinx reads its configuration, windsock writes the whole source folder, expanded, to a
folder beside it ("docs-expanded" for "docs"), and Sphinx reads that one. Files that pages
include are expanded too, and files that did not change keep their time, so that Sphinx reads
again only what changed. Do not commit that folder.

What windsock finds becomes a warning on the author's line, which -W makes an error and
suppress_warnings = ["windsock.wrong-default"] silences. Sphinx's own warnings about expanded
pages name the author's lines as well.

Values for conf.py:

windsock_command  the program, with further arguments if need be: ["windsock"]
windsock_output   the folder to write, from conf.py's on: the source folder's name, with
                  "-expanded" behind it
"""

import json
import logging
import os
import shutil
import subprocess

from sphinx.errors import ExtensionError
from sphinx.util.logging import WarningLogRecordTranslator, getLogger

logger = getLogger(__name__)


def setup(app):
    app.add_config_value("windsock_command", ["windsock"], "")
    app.add_config_value("windsock_output", None, "")
    app.connect("config-inited", expand)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def expand(app, config):
    """Expand the source folder, and let Sphinx read the result."""
    command, source = list(config.windsock_command), os.fspath(app.srcdir)
    out = source + "-expanded"
    if config.windsock_output:
        out = os.path.join(app.confdir, config.windsock_output)
    if not shutil.which(command[0]):
        raise ExtensionError(f"{command[0]} is not on the PATH; install windsock, or set windsock_command in conf.py")
    run = subprocess.run(
        command + ["expand", source, "-o", out, "--format", "json"],
        cwd=app.confdir, capture_output=True, encoding="utf-8",
    )
    for f in findings(run.stdout):
        place = os.path.normpath(os.path.join(app.confdir, f["path"]))
        logger.warning(f["message"], location=f"{place}:{f['line']}", type="windsock", subtype=f["rule"])
    if run.returncode not in (0, 1):
        raise ExtensionError(f"windsock could not work: {run.stderr.strip() or 'see the warnings above'}")
    app.srcdir = type(app.srcdir)(out)
    map_warnings(command + ["remap", out], out)


def findings(report):
    """Return the findings of a report; of a run that wrote none, none."""
    try:
        return json.loads(report)["findings"]
    except ValueError:
        return []


def map_warnings(command, out):
    """Make Sphinx's warnings about pages in OUT name the lines of their sources."""
    for handler in logging.getLogger("sphinx").handlers:
        for i, f in enumerate(handler.filters):
            if isinstance(f, WarningLogRecordTranslator):  # which turns locations into text
                handler.filters.insert(i + 1, AuthorsLines(command, out))


class AuthorsLines(logging.Filter):
    """Replaces the places of warnings by what "windsock remap" says of them."""

    def __init__(self, command, out):
        super().__init__()
        self.command, self.out, self.remap = command, out, None

    def filter(self, record):
        place = getattr(record, "location", None)
        if isinstance(place, str) and place.startswith(self.out + os.sep):
            place, _, expansion = self.ask(place).partition(" (")
            record.location = place
            if expansion:
                message = logging.LogRecord.getMessage(record)  # Sphinx's own begins with the place
                record.msg, record.args = f"{message} ({expansion}", ()
        return True

    def ask(self, place):
        """Send a place through "windsock remap", which answers each line at once."""
        if self.remap is None:
            self.remap = subprocess.Popen(
                self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", bufsize=1)
        self.remap.stdin.write(place + "\n")
        return self.remap.stdout.readline().rstrip("\n")
