"""Every closed value of the contracts (``design.md`` §7): stored as these English words, shown translated."""

from __future__ import annotations

from enum import StrEnum


class DocumentType(StrEnum):
    """What kind of controlled document it is (ISO 9001:2015, 7.5)."""

    POLICY = "policy"
    MANUAL = "manual"
    PROCEDURE = "procedure"
    INSTRUCTION = "instruction"
    FORM = "form"


class MasterFormat(StrEnum):
    """In which format the one master of a document is kept."""

    MARKDOWN = "markdown"
    DOCX = "docx"
    SCAN = "scan"

    @classmethod
    def of(cls, path: str) -> MasterFormat:
        """Return the format of a content file by the name that it has in Git; what is no text is a scan."""
        return {"content.md": cls.MARKDOWN, "content.docx": cls.DOCX}.get(path, cls.SCAN)


class FormSource(StrEnum):
    """Where a form gets its validity from."""

    INSTRUMENT = "instrument"
    INTERNAL = "internal"
    SOFTWARE = "software"


class FormVerdict(StrEnum):
    """What a check says of a form that was handed in, on the day of the dossier."""

    CURRENT = "current"
    SOURCE_ENDED = "source_ended"
    ALTERED = "altered"
    UNSURE = "unsure"
    DEPENDS = "depends"
    TRANSITION = "transition"
    SCHEDULED = "scheduled"
    REPLACED = "replaced"
    RETIRED = "retired"


class RevisionState(StrEnum):
    """What people have done with a revision; its status on a day is another matter."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    APPROVED = "approved"
    ISSUED = "issued"
    WITHDRAWN = "withdrawn"


class DayStatus(StrEnum):
    """What an issued revision is on a given day."""

    SCHEDULED = "scheduled"
    EFFECTIVE = "effective"
    TRANSITION = "transition"
    SUPERSEDED = "superseded"
    RETIRED = "retired"


class IssuanceKind(StrEnum):
    """Which legal act an issuance is."""

    ISSUE = "issue"
    REISSUE = "reissue"
    ADOPT = "adopt"
    CORRECT = "correct"
    RETIRE = "retire"
    RECORD = "record"


class ItemRole(StrEnum):
    """What an issuance does to one of its documents."""

    NEW = "new"
    REPLACES = "replaces"
    RETIRES = "retires"


class RelationKind(StrEnum):
    """How one legal instrument bears on another."""

    REPLACES = "replaces"
    REPEALS = "repeals"
    SUSPENDS = "suspends"
    AMENDS = "amends"
    CORRECTS = "corrects"
    CONSOLIDATES = "consolidates"
    GUIDES = "guides"
    IMPLEMENTS = "implements"
    BASIS = "basis"


class EffectiveRule(StrEnum):
    """How a regulation says from when it holds: by a day, or counted from its signing, adoption or publication."""

    DAY = "day"
    SIGNING = "signing"
    ADOPTION = "adoption"
    ISSUING = "issuing"
    PUBLICATION = "publication"
    DAYS_AFTER_SIGNING = "days_after_signing"
    DAYS_AFTER_GAZETTE = "days_after_gazette"
    UNKNOWN = "unknown"


class IntakeDoubt(StrEnum):
    """What the reader of a regulation may be unsure of; the sentence beside it is Vietnamese."""

    NO_NUMBER = "no_number"
    NUMBER_DIFFERS = "number_differs"
    NO_ISSUED = "no_issued"
    NO_EFFECTIVE = "no_effective"
    EFFECTIVE_BY_RULE = "effective_by_rule"
    EFFECTIVE_DIFFERS = "effective_differs"
    EFFECTIVE_FROM_REGISTER = "effective_from_register"
    PARTLY_OTHER_DAY = "partly_other_day"
    UNTIL_A_DAY = "until_a_day"
    BEFORE_ISSUED = "before_issued"
    TARGET_PARTIAL = "target_partial"
    TARGET_NOT_IN_REGISTER = "target_not_in_register"
    TARGET_UNSURE = "target_unsure"
    GENERAL_REPEAL = "general_repeal"
    EXCEPTION_KEPT = "exception_kept"
    REPEALS_REPEALER = "repeals_repealer"
    CONSOLIDATED = "consolidated"


class InstrumentStatus(StrEnum):
    """Effect of a legal instrument on a given day."""

    FUTURE = "future"
    IN_FORCE = "in_force"
    PARTLY_EXPIRED = "partly_expired"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    UNKNOWN = "unknown"


class BasisAction(StrEnum):
    """What becomes of the line of a legal basis that names an instrument."""

    REPLACE = "replace"
    ADD_AFTER = "add_after"
    REMOVE = "remove"


class Verdict(StrEnum):
    """What a change of law makes of a citation (``design.md`` §6)."""

    LIVE = "live"
    SUSPECT = "suspect"
    DEAD = "dead"
    UNKNOWN = "unknown"


class CitationOrigin(StrEnum):
    """Who put a citation there."""

    FOUND = "found"
    CONFIRMED = "confirmed"
    BY_HAND = "by_hand"


class ImpactReason(StrEnum):
    """Why a document is affected by a change of law."""

    DIRECT = "direct"
    TTHC = "tthc"
    FAMILY = "family"
    CASCADE = "cascade"
    RELATED = "related"
    TEXT = "text"


class ImpactDecision(StrEnum):
    """What a named person decides for one document that a change of law reaches (``design.md`` §6)."""

    REVISE = "revise"
    APPLY_NOW = "apply_now"
    RETIRE = "retire"
    NO_CHANGE = "no_change"
    NOT_APPLICABLE = "not_applicable"


class ItemState(StrEnum):
    """How far the work on one document of a legal change has come, on a day."""

    OPEN = "open"
    DECIDED = "decided"
    DRAFTED = "drafted"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    ANSWERED = "answered"
    CLEARED = "cleared"


class ProofOutcome(StrEnum):
    """How a document followed a change of law, as an inspection asks (``domain.md`` §8.10)."""

    ON_TIME = "on_time"
    LATE = "late"
    NOT_NEEDED = "not_needed"
    NOT_APPLICABLE = "not_applicable"
    PENDING = "pending"
    OVERDUE = "overdue"


class LinkKind(StrEnum):
    """How one document belongs to another: a procedure uses a form, a local document adopts a model."""

    USES_FORM = "uses_form"
    ADOPTS = "adopts"


class TthcChange(StrEnum):
    """What a decision does to an administrative procedure (TTHC)."""

    NEW = "new"
    AMENDED = "amended"
    RECODED = "recoded"
    ABOLISHED = "abolished"


class TthcSource(StrEnum):
    """Which decision states a time limit: the publishing one, or the internal process (quy trình nội bộ)."""

    PUBLISHED = "published"
    INTERNAL = "internal"


class TextFindingKind(StrEnum):
    """What a reader of the text would stop at: a name out of use, a paper that the text names incompletely."""

    ABOLISHED_NAME = "abolished_name"
    UNLINKED = "unlinked"


class ObsoleteKind(StrEnum):
    """Why a document that applies needs work, gravest first."""

    DEAD_BASIS = "dead_basis"
    FORM_SOURCE_ENDED = "form_source_ended"
    TTHC_ENDED = "tthc_ended"
    SUSPECT_BASIS = "suspect_basis"
    PAST_REVIEW = "past_review"
    ABOLISHED_NAME = "abolished_name"
    UNKNOWN_BASIS = "unknown_basis"
    UNLINKED = "unlinked"
    NOT_EXAMINED = "not_examined"


class SigningForm(StrEnum):
    """How a signer signs (Decree 30/2020/NĐ-CP art. 13): in person or for somebody."""

    HEAD = "HEAD"
    TM = "TM"
    KT = "KT"
    TL = "TL"
    TUQ = "TUQ"


class CopyFate(StrEnum):
    """What became of a controlled copy that is no longer out: handed back, destroyed, lost."""

    RETURNED = "returned"
    DESTROYED = "destroyed"
    LOST = "lost"


class PaperForm(StrEnum):
    """In which form a revision is handed out to be printed."""

    PDF = "pdf"
    DOCX = "docx"


class DecisionKind(StrEnum):
    """The two decisions a person may take on a revision's content."""

    REVIEW = "review"
    APPROVAL = "approval"


class Role(StrEnum):
    """What a person may be in the tool (``design.md`` §2)."""

    READER = "reader"
    AUTHOR = "author"
    APPROVER = "approver"
    OFFICER = "officer"
    CLERK = "clerk"
    AUDITOR = "auditor"
    INSPECTOR = "inspector"
    ADMINISTRATOR = "administrator"


class Via(StrEnum):
    """Through which doorway an act came."""

    WEB = "web"
    API = "api"
    SHELL = "shell"
    JOB = "job"


class ImportStatus(StrEnum):
    """What became of one imported file."""

    IMPORTED = "imported"
    REVIEW = "review"
    REFUSED = "refused"
    UNCHANGED = "unchanged"


class ImportMatch(StrEnum):
    """How an imported file relates to what is already in control."""

    NEW = "new"
    NEXT_REVISION = "next_revision"
    SAME = "same"


class WarningCode(StrEnum):
    """Every doubt an importer may raise; the sentence beside it is Vietnamese."""

    CODE_REUSED = "code_reused"
    NO_CODE = "no_code"
    NO_TITLE = "no_title"
    NO_DATE = "no_date"
    NO_ISSUE_NUMBER = "no_issue_number"
    ISSUE_DATE_CONFLICT = "issue_date_conflict"
    ISSUE_NUMBER_CONFLICT = "issue_number_conflict"
    HEADER_TITLE_CONFLICT = "header_title_conflict"
    CODE_CONFLICT = "code_conflict"
    SECTION_NUMBER_REPEATED = "section_number_repeated"
    STEP_NUMBER_REPEATED = "step_number_repeated"
    STEP_WITHOUT_NUMBER = "step_without_number"
    STEP_TIME_MISSING = "step_time_missing"
    STEP_TIME_TOTAL = "step_time_total"
    STEP_TIME_WITHOUT_UNIT = "step_time_without_unit"
    STEP_COLUMN_EMPTY = "step_column_empty"
    TIME_UNITS_MIXED = "time_units_mixed"
    TIME_UNIT_UNCLEAR = "time_unit_unclear"
    ITEM_NUMBER_REPEATED = "item_number_repeated"
    ITEM_MARK_MISSING = "item_mark_missing"
    DOSSIER_COUNT_MISSING = "dossier_count_missing"
    AGENCY_IS_OFFICIAL = "agency_is_official"
    ABBREVIATION_UNDEFINED = "abbreviation_undefined"
    ABBREVIATION_REPEATED = "abbreviation_repeated"
    RECORDS_OF_ANOTHER = "records_of_another"
    DECISION_BLANK = "decision_blank"
    APPENDIX_MISSING = "appendix_missing"
    TOC_DIFFERS = "toc_differs"
    ABOLISHED_NAME = "abolished_name"
    NO_LEGAL_BASIS = "no_legal_basis"
    SAME_EDITION_AGAIN = "same_edition_again"
    DATE_NOT_AFTER_CURRENT = "date_not_after_current"
    POSSIBLE_MATCH = "possible_match"
    CHARACTERS_MENDED = "characters_mended"
    LEGACY_CHARACTERS = "legacy_characters"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    HOSTILE = "hostile"
    ENCRYPTED = "encrypted"
    NOT_A_DOCUMENT = "not_a_document"
    WRONG_EXTENSION = "wrong_extension"
    OPEN_REVISION = "open_revision"
    NO_TEXT = "no_text"
    TRACKED_CHANGES = "tracked_changes"
    NOT_EXAMINED = "not_examined"


class FindingLevel(StrEnum):
    """How grave a finding of verify or doctor is."""

    INFO = "info"
    WORK = "work"
    DAMAGE = "damage"
