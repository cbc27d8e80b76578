#!/bin/sh
# Kiểm tra kho công bố mà không cần phần mềm: chỉ dùng git, sha256sum, ssh-keygen và lệnh có sẵn (sh, awk, tar).
#
#   verify-by-hand.sh KHO                   danh mục tài liệu có hiệu lực hôm nay
#   ON=2026-12-31 verify-by-hand.sh KHO     danh mục của một ngày khác
#   verify-by-hand.sh KHO MÃ                lịch sử, người duyệt, quyết định, ngày và chữ ký của một tài liệu
#   SIGNERS=TỆP verify-by-hand.sh KHO MÃ    đối chiếu chữ ký với tệp khóa công khai mà bạn tự giữ
#
# MÃ là mã tài liệu («QT 01/CX-HCTP») hoặc mã định danh 8 ký tự.
# Kết thúc: 0 mọi thứ khớp, 1 có điều không khớp hoặc không tìm thấy, 2 gọi sai.
set -eu
export LC_ALL=C GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_NO_REPLACE_OBJECTS=1

if [ $# -lt 1 ] || [ $# -gt 2 ] || [ ! -f "$1/HEAD" ]; then
    sed -n '2,10s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi
repository=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

in_repository() {
    git --git-dir="$repository" -c core.hooksPath=/dev/null "$@"
}

# One act of publishing is one commit; the last lines of its message (trailers) say who, what, when.
# This makes a table of them: one row a document and act; "-" where nothing is said.
# commit, act, role, id, sequence, label, hash, number, signed, from, code
table() {
    in_repository log --first-parent --reverse --format='commit %H%n%(trailers:only,unfold)' main -- |
        awk '
            function row() {
                if (id != "") print commit, act, role, id, sequence, label, hash, number, signed, from, code
                id = ""
            }
            BEGIN { OFS = "\t" }
            /^commit / { row(); commit = $2; number = signed = from = "-" }
            /^Act: / { act = $2 }
            /^Issued-By: / {
                signed = $NF
                number = substr($0, 12, length($0) - 12 - length(signed))
                if (from == "-") from = signed
            }
            /^Effective-From: / { from = $2 }
            /^Document: / {
                row()
                id = $2; sequence = $3; label = $4; hash = $5; role = "-"
                code = substr($0, length("Document: " $2 $3 $4 $5) + 5)
                if (code == "") code = "-"
            }
            /^Role: / { role = $2 }
            END { row() }'
}

# What holds on a day: the latest revision that had begun and was not taken back, of documents that had not ended.
register() {
    awk -F '\t' -v on="$1" '
        !($4 in last) { order[++count] = $4; last[$4] = 0 }
        $2 == "withdraw" { delete start[$4, $5] }
        $2 == "recode" && $10 <= on { renamed[$4] = $11 }
        $3 == "retires" { ended[$4] = $10 }
        $3 == "new" || $3 == "replaces" {
            start[$4, $5] = $10; line[$4, $5] = $6; number[$4, $5] = $8; code[$4, $5] = $11
            if ($5 > last[$4]) last[$4] = $5 + 0
        }
        END {
            for (n = 1; n <= count; n++) {
                id = order[n]; held = 0
                if (id in ended && ended[id] <= on) continue
                for (s = 1; s <= last[id]; s++) if ((id, s) in start && start[id, s] <= on) held = s
                if (!held) continue
                shown = id in renamed ? renamed[id] : code[id, held]
                printf "%s  lần %s  hiệu lực từ %s  theo %s  %s\n", id, line[id, held], start[id, held], number[id, held], shown
            }
        }' "$scratch/table"
}

# The trailers of one commit that are about the act as a whole or about this document, in Vietnamese.
told() {
    in_repository log -1 --format='%(trailers:only,unfold)' "$1" | awk -v id="$2" '
        BEGIN {
            say["Issued-By"] = "Quyết định, ngày ký"; say["Signed-By"] = "Người ký"; say["Signed-As"] = "Hình thức ký"
            say["Effective-From"] = "Hiệu lực từ"; say["Agency"] = "Cơ quan ban hành"
            say["Recorded-By"] = "Người ghi nhận"; say["Recorded-At"] = "Ghi nhận lúc (UTC)"
            say["Confirmed-By"] = "Người xác nhận"; say["Transition"] = "Chuyển tiếp"; say["Reason"] = "Lý do"
            say["Drafted-By"] = "Người soạn thảo"; say["Reviewed-By"] = "Người xem xét"
            say["Approved-By"] = "Người phê duyệt"; say["Scan-SHA256"] = "Mã băm bản quét"
            say["Check-Token"] = "Mã kiểm tra bản in"
            about = 1
        }
        $1 == "Document:" { about = ($2 == id) }
        about {
            key = $1; sub(/:$/, "", key)
            if (key in say) printf "    %s: %s\n", say[key], substr($0, length(key) + 3)
        }'
}

# Whether the files of a commit are those that were decided: MANIFEST has the hash, the files have MANIFEST's.
content_holds() (
    rm -rf "$scratch/tree" && mkdir "$scratch/tree"
    folder="documents/$(printf %.2s "$2")/$2"
    in_repository archive "$1" -- "$folder" | tar -x -C "$scratch/tree" &&
        cd "$scratch/tree/$folder" &&
        [ "$(sha256sum <MANIFEST)" = "$3  -" ] &&
        sha256sum --quiet --strict --check MANIFEST >&2 &&
        [ "$(find . -type f | wc -l)" -eq "$(($(wc -l <MANIFEST) + 1))" ]
)

signature() {
    if ! in_repository cat-file commit "$1" | sed '/^$/q' | grep -q '^gpgsig '; then
        echo "không ký"
    elif in_repository -c gpg.ssh.allowedSignersFile="$scratch/signers" verify-commit "$1" >"$scratch/said" 2>&1; then
        sed -n 's/^Good "git" signature for .* with \(.*\)/đúng (\1)/p' "$scratch/said"
    else
        echo "KHÔNG ĐÚNG"
    fi
}

history() {
    wrong=0
    while IFS='	' read -r commit act role id sequence label hash _ _ _ code; do
        echo "$id  $code  lần $label (bản thứ $sequence): $(in_repository log -1 --format=%s "$commit")"
        told "$commit" "$id"
        case $role in new | replaces)
            if (content_holds "$commit" "$id" "$hash"); then
                echo "    Nội dung: khớp mã băm $hash"
            else
                echo "    Nội dung: KHÔNG KHỚP mã băm $hash"
                wrong=1
            fi
            ;;
        esac
        signed=$(signature "$commit")
        echo "    Chữ ký: $signed"
        echo "    Bản ghi: $commit ($act)"
        [ "$signed" != "KHÔNG ĐÚNG" ] || wrong=1
    done
    return $wrong
}

table >"$scratch/table"
if [ $# -eq 1 ]; then
    day=${ON:-$(date +%Y-%m-%d)}
    echo "DANH MỤC TÀI LIỆU CÓ HIỆU LỰC NGÀY $day"
    register "$day"
    exit 0
fi
if [ -n "${SIGNERS-}" ]; then
    cp "$SIGNERS" "$scratch/signers"
else
    in_repository show main:allowed_signers >"$scratch/signers" 2>/dev/null || true
fi
# awk reads the code from the environment, so that no character of it means anything to awk.
WANTED=$2 awk -F '\t' '
    NR == FNR { if ($4 == ENVIRON["WANTED"] || $11 == ENVIRON["WANTED"]) ids[$4] = 1; next }
    $4 in ids' "$scratch/table" "$scratch/table" >"$scratch/rows"
if [ ! -s "$scratch/rows" ]; then
    echo "Không tìm thấy tài liệu «$2» trong kho công bố." >&2
    exit 1
fi
echo "LỊCH SỬ CÔNG BỐ CỦA «$2»"
history <"$scratch/rows"
