"""How pages are written: language, filters, icons and files beside them."""

from __future__ import annotations

from flask import Flask
from flask_babel import Babel
from jinja2 import StrictUndefined

from qms import __version__
from qms.model.durations import in_words
from qms.model.enums import FormSource, RelationKind
from qms.web import answers, words


def install(app: Flask, language: str, zone: str) -> None:
    """Give templates their language, their filters and a strict eye for what is missing."""
    Babel(app, default_locale=language, default_timezone=zone, default_translation_directories="translations")
    environment = app.jinja_env
    environment.undefined = StrictUndefined
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.filters.update(
        word=words.word,
        sign=words.sign,
        incoming=words.incoming,
        day=words.day,
        last_day=words.last_day,
        moment=words.moment,
        edition=words.edition,
        issue_number=words.issue_number,
        revision_number=words.revision_number,
        by_instrument=words.by_instrument,
        as_choices=words.as_choices,
        of_kind=words.of_kind,
        relation_kind=RelationKind,
        provisions=words.provisions,
        workdays=in_words,
        lower_headings=words.lower_headings,
    )
    environment.globals.update(
        version=__version__, form_sources=list(FormSource), here=answers.here, language=language
    )
    app.config.update(SEND_FILE_MAX_AGE_DEFAULT=7 * 24 * 3600)
