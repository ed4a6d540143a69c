package layerfile

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"
)

// oleMagic begins old Office files, and new ones that are encrypted.
var oleMagic = []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")

const (
	endRecordLen      = 22
	maxDirectoryBytes = 8 << 20
)

// openArchive opens a zip archive after judging its directory: what it claims to unpack to is compared with the limits here, what
// it does unpack to is held against that claim by package zip. Nothing is ever unpacked onto the disk.
func openArchive(f *os.File, limits Limits) (*zip.Reader, error) {
	size, err := checkEnd(f, limits)
	if err != nil {
		return nil, err
	}
	z, err := zip.NewReader(f, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, badArchive("the archive is broken: " + cause(err))
	}
	if len(z.File) > limits.Entries {
		return nil, badArchive(fmt.Sprintf("the archive holds %d files, the limit is %d", len(z.File), limits.Entries))
	}
	var unpacked, packed uint64
	seen := map[string]bool{}
	for _, m := range z.File {
		m.Name = entryName(m)
		name := strings.ToLower(m.Name)
		if seen[name] {
			return nil, badArchive(fmt.Sprintf("the archive holds %q twice", clip(m.Name)))
		}
		seen[name] = true
		unpacked += m.UncompressedSize64
		packed += m.CompressedSize64
		if m.UncompressedSize64 > uint64(limits.UnpackedBytes) || unpacked > uint64(limits.UnpackedBytes) {
			return nil, badArchive(fmt.Sprintf("the archive unpacks to more than %d bytes", limits.UnpackedBytes))
		}
		if m.CompressedSize64 > uint64(size) || packed > uint64(size) {
			return nil, badArchive("files in the archive overlap")
		}
		if m.UncompressedSize64 > ratioFloor && m.UncompressedSize64 > m.CompressedSize64*uint64(limits.Ratio) {
			return nil, badArchive(fmt.Sprintf("%q unpacks to more than %d times its size", clip(m.Name), limits.Ratio))
		}
	}
	return z, nil
}

// entryName is the name of an entry. Windows packs Chinese names in GBK and does not say so. Names that are neither that nor UTF-8 stay
// apart by their bytes.
func entryName(m *zip.File) string {
	if utf8.ValidString(m.Name) {
		return m.Name
	}
	if name, ok := decode([]byte(m.Name), encodingGB18030); ok {
		return name
	}
	return strings.Trim(strconv.QuoteToASCII(m.Name), `"`)
}

func badArchive(message string) *Error {
	return fatal(RuleArchive, message, "Pack it again, or open a workbook in Excel or WPS and save it again as .xlsx.")
}

// checkEnd looks at the end-of-directory record before package zip, which reads as many entries as there are, believes it.
func checkEnd(f *os.File, limits Limits) (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, &Error{Rule: RuleOpen, Message: "the file cannot be read: " + cause(err), Fatal: true, Err: err}
	}
	size := info.Size()
	tail := make([]byte, min(size, endRecordLen+65535))
	if _, err := f.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return 0, &Error{Rule: RuleOpen, Message: "the file cannot be read: " + cause(err), Fatal: true, Err: err}
	}
	head := make([]byte, 8)
	if n, _ := f.ReadAt(head, 0); bytes.Equal(head[:n], oleMagic) {
		return 0, fatal(RuleFormat, "this is an old Excel file (.xls) or one with a password", "Save it as .xlsx without a password.")
	}
	at := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if at < 0 || len(tail)-at < endRecordLen {
		return 0, fatal(RuleFormat, "this is neither an Excel file (.xlsx) nor a zip archive", "Save it as .xlsx in Excel or WPS; a CSV file needs the extension .csv.")
	}
	end := tail[at:]
	entries := int(binary.LittleEndian.Uint16(end[10:]))
	directory, offset := int64(binary.LittleEndian.Uint32(end[12:])), int64(binary.LittleEndian.Uint32(end[16:]))
	if entries > limits.Entries || directory > maxDirectoryBytes || offset+maxDirectoryBytes < size-int64(len(tail)-at) {
		return 0, badArchive(fmt.Sprintf("the archive holds %d files or a directory of %d bytes", entries, directory))
	}
	return size, nil
}

// member opens a file of the archive.
func member(z *zip.Reader, name string) (io.ReadCloser, error) {
	for _, m := range z.File {
		if !strings.EqualFold(m.Name, name) {
			continue
		}
		r, err := m.Open()
		if err != nil {
			return nil, badArchive(fmt.Sprintf("%q cannot be unpacked: %v", clip(name), err))
		}
		return &unpacking{r}, nil
	}
	return nil, &Error{
		Rule: RuleFormat, Message: fmt.Sprintf("the file lacks its part %q", clip(name)), Fatal: true, Err: os.ErrNotExist,
		Remedy: "Open it in Excel or WPS and save it again as .xlsx.",
	}
}

// unpacking words the errors of package zip, which stops a member that unpacks to more than its directory entry claims.
type unpacking struct{ io.ReadCloser }

func (u *unpacking) Read(p []byte) (int, error) {
	n, err := u.ReadCloser.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = badArchive("the archive is broken: " + err.Error())
	}
	return n, err
}
