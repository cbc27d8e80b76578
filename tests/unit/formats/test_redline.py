"""What changed is marked for the eye and counted by section."""

from __future__ import annotations

from qms.formats.redline import SectionChange, redline, summary


def test_changed_words_are_marked_inside_table_cells():
    html = redline("<table><tr><td>05 ngày</td></tr></table>", "<table><tr><td>03 ngày</td></tr></table>")
    assert "<td><del>05</del><ins>03</ins> ngày</td>" in html.replace("</del> <ins>", "</del><ins>")


def test_the_redline_is_safe_html():
    html = redline("<p>a</p>", "<p>a<script>x</script> <a href='javascript:x'>b</a></p>")
    assert "script" not in html


def test_the_summary_names_sections_by_title_whatever_their_number():
    old = "# QT\n\n## 1. MỤC ĐÍCH\n\nmột hai\n\n## 2. PHẠM VI\n\nxã\n\n## 3. BỎ\n\nx\n"
    new = "# QT\n\n## 1. MỤC ĐÍCH\n\nmột ba bốn\n\n## 3. PHẠM VI\n\nxã\n\n## 4. MỚI\n\ny\n"
    found = summary(old, new)
    assert (found.added, found.removed) == (("MỚI",), ("BỎ",))
    assert found.changed == (SectionChange("MỤC ĐÍCH", words_in=2, words_out=1),)


def test_the_same_text_has_an_empty_summary():
    assert summary("## 1. A\n\nx\n", "## 1. A\n\nx\n").is_empty
