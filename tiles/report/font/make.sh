#!/usr/bin/env bash
# Makes NotoSansSC-subset.ttf.gz: Noto Sans SC without what printed pages do not need. Same inputs, same bytes.
# Needs npm, and from Debian python3-fonttools and unicode-data.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

(cd "$work" && npm pack --silent @expo-google-fonts/noto-sans-sc@0.4.3 >/dev/null && tar xzf ./*.tgz)

# The characters: all of GB 2312; for names of places, firms and people the 8 105 of the general standard list (Unihan kTGH) and the
# frequent ones of Big5; Latin, mathematics, arrows.
/usr/bin/python3 - "$work/characters.txt" <<'PYTHON'
import bz2, sys
wanted = set(map(chr, range(0x20, 0x7F))) | set(map(chr, range(0xA0, 0x100)))
wanted |= set("–—‘’“”…‰′″℃№①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳←↑→↓√∞≈≠≤≥□■△▲○●◆★☆㎡㎏〔〕﹏\ufffd")
for high in range(0xA1, 0xFF):
    for low in range(0xA1, 0xFF):
        try:
            wanted.add(bytes([high, low]).decode("gb2312"))
        except UnicodeDecodeError:
            pass
for high in range(0xA4, 0xC7):  # level 1 of Big5 ends at 0xC67E
    for low in list(range(0x40, 0x7F)) + list(range(0xA1, 0xFF)):
        try:
            wanted.add(bytes([high, low]).decode("big5"))
        except UnicodeDecodeError:
            pass
wanted |= set(map(chr, range(0x2190, 0x2200))) | set(map(chr, range(0x2200, 0x2300)))
with bz2.open("/usr/share/unicode/Unihan_OtherMappings.txt.bz2", "rt", encoding="utf-8") as table:
    for line in table:
        if "\tkTGH\t" in line:
            wanted.add(chr(int(line.split("\t")[0][2:], 16)))
open(sys.argv[1], "w", encoding="utf-8").write("".join(sorted(wanted)))
PYTHON

/usr/bin/python3 -m fontTools.subset "$work/package/400Regular/NotoSansSC_400Regular.ttf" \
  --text-file="$work/characters.txt" --output-file="$work/subset.ttf" --no-hinting --layout-features='' --notdef-outline \
  --no-glyph-names --name-IDs=0,1,2,3,4,5,6,13,14 --drop-tables+=vhea,vmtx,VORG,GPOS,GSUB,GDEF,BASE,STAT
gzip -9 -n -c "$work/subset.ttf" >NotoSansSC-subset.ttf.gz
cp "$work/package/LICENSE_FONT" LICENSE
ls -l NotoSansSC-subset.ttf.gz
