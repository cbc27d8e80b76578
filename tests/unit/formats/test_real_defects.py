"""Most of what a careful person found wrong in the real procedures is told, and little else."""

from __future__ import annotations

import json
import re
from pathlib import Path

from qms.formats.reader import read
from qms.model.enums import WarningCode

TOLD: tuple[tuple[str, WarningCode], ...] = (
    (r"sections numbered", WarningCode.SECTION_NUMBER_REPEATED),
    (r"^Edition disagrees", WarningCode.ISSUE_NUMBER_CONFLICT),
    (r"^Dates disagree", WarningCode.ISSUE_DATE_CONFLICT),
    (r"^Header of .* names another procedure", WarningCode.HEADER_TITLE_CONFLICT),
    (r"^TOC (?:wording )?differs", WarningCode.TOC_DIFFERS),
    (r"no appendix is in the file", WarningCode.APPENDIX_MISSING),
    (r"do not add up", WarningCode.STEP_TIME_TOTAL),
    (r"steps numbered", WarningCode.STEP_NUMBER_REPEATED),
    (r"empty cell in the first time column", WarningCode.STEP_TIME_MISSING),
    (r"^Times without unit", WarningCode.STEP_TIME_WITHOUT_UNIT),
    (r"^Time units mixed|counts calendar days", WarningCode.TIME_UNITS_MIXED),
    (r"without saying working days", WarningCode.TIME_UNIT_UNCLEAR),
    (r"empty second column", WarningCode.STEP_COLUMN_EMPTY),
    (r"^Items .* without full stop", WarningCode.ITEM_MARK_MISSING),
    (r"number of dossiers is not given", WarningCode.DOSSIER_COUNT_MISSING),
    (r"names an official", WarningCode.AGENCY_IS_OFFICIAL),
    (r"without being defined|but not defined", WarningCode.ABBREVIATION_UNDEFINED),
    (r"listed twice among the abbreviations", WarningCode.ABBREVIATION_REPEATED),
    (r"^Records table copied", WarningCode.RECORDS_OF_ANOTHER),
)
"""What the person wrote, and how the importer says it. Codes used twice and old names are told at import."""


def test_most_defects_are_told_and_under_one_warning_a_file_is_not_among_them(real_data: Path) -> None:
    rows = json.loads((real_data / "anatomy_dev.json").read_text())
    found = defects = beside = 0
    for row in rows:
        path = real_data / "procedures" / row["file"]
        codes = [doubt.code for doubt in read(path.read_bytes(), path.name).warnings]
        named = [{code for words, code in TOLD if re.search(words, defect)} for defect in row["defects"]]
        defects += len(named)
        found += sum(bool(one & set(codes)) for one in named)
        beside += sum(code not in set().union(*named) for code in codes)
        assert len(codes) == len(set(codes))
    assert found >= 0.6 * defects
    assert beside < len(rows)
