"""Every endpoint and the act it asks for; the use case asks the table, a test asks whether both say the same."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flask import Flask

from qms.model.permissions import Act
from qms.web import (
    approvals,
    documents,
    drafts,
    health,
    issuances,
    legal,
    obsolete,
    register,
    search,
    session,
)

ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "static": Act.SIGN_IN,
        "health.alive": Act.HEALTH,
        "health.ready": Act.HEALTH,
        "session.form": Act.SIGN_IN,
        "session.enter": Act.SIGN_IN,
        "session.link": Act.SIGN_IN,
        "session.redeem": Act.SIGN_IN,
        "session.leave": Act.SIGN_IN,
        "session.account": Act.CHANGE_PASSWORD,
        "session.set_password": Act.CHANGE_PASSWORD,
        "search.home": Act.HOME,
        "search.results": Act.SEARCH,
        "search.old_address": Act.SEARCH,
        "documents.page": Act.READ,
        "documents.by_code": Act.READ,
        "documents.file": Act.READ,
        "documents.revision": Act.READ_HISTORY,
        "documents.redline": Act.READ_HISTORY,
        "documents.retiring_form": Act.RETIRE,
        "documents.retire": Act.RETIRE,
        "documents.withdrawing": Act.WITHDRAW,
        "documents.withdraw": Act.WITHDRAW,
        "register.internal": Act.READ_REGISTER,
        "register.internal_file": Act.READ_REGISTER,
        "register.external_file": Act.READ_LAW,
        "drafts.new": Act.DRAFT,
        "drafts.create": Act.DRAFT,
        "drafts.begin": Act.DRAFT,
        "drafts.page": Act.READ_DRAFT,
        "drafts.file": Act.READ_DRAFT,
        "drafts.save": Act.SUBMIT,
        "drafts.upload": Act.SUBMIT,
        "drafts.preview": Act.INBOX,
        "drafts.rebase": Act.SUBMIT,
        "drafts.check": Act.READ_DRAFT,
        "drafts.submit": Act.SUBMIT,
        "drafts.abandon": Act.WITHDRAW,
        "approvals.inbox": Act.INBOX,
        "approvals.page": Act.READ_DRAFT,
        "approvals.review": Act.REVIEW,
        "approvals.approve": Act.APPROVE,
        "approvals.send_back": Act.RETURN,
        "issuances.listing": Act.READ_ISSUANCES,
        "issuances.new": Act.ISSUE,
        "issuances.issue": Act.ISSUE,
        "issuances.page": Act.READ_ISSUANCES,
        "issuances.scan": Act.READ_ISSUANCES,
        "obsolete.listing": Act.READ_OBSOLETE,
        "legal.listing": Act.READ_LAW,
        "legal.page": Act.READ_LAW,
        "legal.impact": Act.READ_IMPACT,
    }
)


def install(app: Flask) -> None:
    """Lay every page into the app."""
    for room in (session, search, documents, drafts, approvals, issuances, legal, obsolete, register, health):
        app.register_blueprint(room.pages)
