# SPDX-License-Identifier: GPL-3.0-or-later
"""What the program says, in the language that it is run in: by its own translations, as they are installed beside it."""

import gettext
import locale
import os
import re
from pathlib import Path

# Enough numbers to meet each plural form of every language.
NUMBERS = range(0, 130)
PLACE = re.compile(r"%(?:(\d+)\$)?([-+ #0']*\d*(?:\.\d+)?)(?:hh|h|ll|l|z)?([sdufg%])")


class Words:
    """Called with a message as it stands in the source, and with what its placeholders stand for. @share: the `share` folder of the program's."""

    def __init__(self, share):
        locale.setlocale(locale.LC_ALL, "")
        language = locale.getlocale(locale.LC_MESSAGES)[0]
        self.catalog = gettext.translation("doradash", Path(share, "locale"), [language] if language else [], fallback=True)
        wanted = os.environ.get("DD_TEST_LANGUAGE")
        if wanted and self.catalog.info().get("language") != wanted:
            raise SystemExit(f"no translation into “{wanted}” is installed below {share}")

    def raw(self, message, context=None):
        text = self.catalog.pgettext(context, message) if context else self.catalog.gettext(message)
        return text.replace("_", "") if "_" in message else text

    def __call__(self, message, *values, context=None):
        return self._fill(self.raw(message, context), values, str, str) if values else self.raw(message, context)

    def plural(self, one, many, n, *values):
        return self._fill(self.catalog.ngettext(one, many, n), values or (n,), str, str)

    def pattern(self, message, *values, context=None):
        """For a search: each value that is missing or None stands for any text."""
        return self._fill(self.raw(message, context), values, re.escape, self._group)

    def plural_pattern(self, one, many, *values):
        """Whatever the number is."""
        forms = dict.fromkeys(self.catalog.ngettext(one, many, n) for n in NUMBERS)
        return "|".join(self._fill(form, values, re.escape, self._group) for form in forms)

    def whole(self, message):
        """GTK 4.8 puts the text with its underscore before the one without."""
        return f"{'' if '_' in message else '^'}{self.pattern(message)}$"

    @staticmethod
    def _group(value):
        return "(.*?)" if value is None else re.escape(value)

    @staticmethod
    def _fill(text, values, literal, filled):
        parts, at, next_value = [], 0, 0
        for place in PLACE.finditer(text):
            parts.append(literal(text[at:place.start()]))
            at = place.end()
            number, look, kind = place.groups()
            if kind == "%":
                parts.append(literal("%"))
                continue
            index = int(number) - 1 if number else next_value
            next_value = index + 1
            value = values[index] if index < len(values) else None
            if value is not None:
                value = locale.format_string(f"%{look}{kind}".replace("u", "d"), value)
            parts.append(filled(value))
        return "".join([*parts, literal(text[at:])])
