"""Expands windsock's directives before Sphinx looks for pages.

Copy this file beside conf.py ("windsock init --sphinx" prints it), and add to conf.py:

    import os
    import sys

    sys.path.insert(0, os.path.abspath("."))
    extensions = ["windsock_ext"]  # in addition to your other extensions

When Sphinx has read conf.py, windsock writes an expanded copy of the whole source folder to a
folder beside it ("docs-expanded" for "docs"), and Sphinx reads that folder. Included files are
expanded too. Unchanged files keep their modification time, so Sphinx rereads only what changed.
Do not commit the folder.

Each finding of windsock becomes a warning on the line of the source. -W makes it an error, and
suppress_warnings = ["windsock.wrong-default"] silences a rule. Sphinx's own warnings about
expanded pages also name lines of the source.

Settings in conf.py, with their defaults:

windsock_command  the program and its arguments: ["windsock"]
windsock_output   the output folder, relative to conf.py: the source folder's name with
                  "-expanded" added
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
    """Expand the source folder, and make Sphinx read the output folder."""
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
    """Return the findings of a JSON report, or none if the run did not write one."""
    try:
        return json.loads(report)["findings"]
    except ValueError:
        return []


def map_warnings(command, out):
    """Map the lines in Sphinx's warnings about expanded pages to lines of the sources."""
    for handler in logging.getLogger("sphinx").handlers:
        for i, f in enumerate(handler.filters):
            if isinstance(f, WarningLogRecordTranslator):  # after it, locations are strings
                handler.filters.insert(i + 1, SourceLines(command, out))


class SourceLines(logging.Filter):
    """Maps the locations of warnings with "windsock remap"."""

    def __init__(self, command, out):
        super().__init__()
        self.command, self.out, self.remap = command, out, None

    def filter(self, record):
        place = getattr(record, "location", None)
        if isinstance(place, str) and place.startswith(self.out + os.sep):
            place, _, expansion = self.ask(place).partition(" (")
            record.location = place
            if expansion:
                message = logging.LogRecord.getMessage(record)  # Sphinx's getMessage starts with the location
                record.msg, record.args = f"{message} ({expansion}", ()
        return True

    def ask(self, place):
        """Map one location: "windsock remap" writes a line for each line that it reads."""
        if self.remap is None:
            self.remap = subprocess.Popen(
                self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", bufsize=1)
        self.remap.stdin.write(place + "\n")
        return self.remap.stdout.readline().rstrip("\n")
