package journal

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"slices"
)

// What follows reads bbolt's pages with plain reads, before bbolt maps the file. bbolt trusts the file: a
// page number beyond the end is a SIGBUS, a broken tree a panic in a goroutine of its own when it looks for
// free pages; neither can be turned into an error afterwards. The format is bbolt's version 2, little-endian
// on every machine we build for:
//
//	page    id 8 · flags 2 · count 2 · overflow 4, then the elements
//	meta    magic 4 · version 4 · page size 4 · flags 4 · root 8 · sequence 8 · freelist 8 · high water 8 · txid 8 · FNV-1a 8
//	branch  position 4 · key size 4 · page 8          (position counts from the element itself)
//	leaf    flags 4 · position 4 · key size 4 · value size 4
const (
	pageHeaderSize  = 16
	elementSize     = 16
	metaSize        = 64
	metaSumOffset   = 56
	boltMagic       = 0xED0CDAED
	boltVersion     = 2
	flagBranch      = 0x01
	flagLeaf        = 0x02
	flagFreelist    = 0x10
	leafIsBucket    = 0x01
	bucketHeader    = 16
	noFreelist      = ^uint64(0)
	smallestPage    = 512
	largestPage     = 64 << 10
	firstDataPage   = 2
	pagesOfNewFile  = 4
	maxTreeDepth    = 64      // a tree of 2^48 pages is not this deep; only a cycle is
	maxPageOverflow = 1 << 12 // two of the largest values need 34 pages; a damaged count must not ask for memory
)

// fileHeader is what the two meta pages say about the whole file.
type fileHeader struct {
	pageSize  int64
	root      uint64
	freelist  uint64
	highWater uint64 // pages below this number may be in use
	txid      uint64
}

// readHeader finds the newer of the two meta pages. It returns ErrTruncated when the file is shorter than
// either of them says, and ErrDamaged when neither can be believed.
func readHeader(f *os.File) (fileHeader, error) {
	var newest fileHeader
	var highest int64
	for size := int64(0); size <= largestPage; size = nextMetaOffset(size) {
		h, ok := readMeta(f, size)
		if !ok || (size != 0 && h.pageSize != size) {
			continue
		}
		highest = max(highest, int64(h.highWater)*h.pageSize)
		if newest.pageSize == 0 || h.txid > newest.txid {
			newest = h
		}
	}
	// The size is asked for after the pages were read: a file that grows meanwhile is not mistaken for a
	// short one.
	info, err := f.Stat()
	if err != nil {
		return fileHeader{}, err
	}
	if newest.pageSize == 0 {
		if info.Size() < pagesOfNewFile*int64(os.Getpagesize()) {
			return fileHeader{}, fmt.Errorf("%w (%d bytes, not even its first pages)", ErrTruncated, info.Size())
		}
		return fileHeader{}, fmt.Errorf("%w (neither of its two first pages can be read)", ErrDamaged)
	}
	if info.Size() < highest {
		return fileHeader{}, fmt.Errorf("%w (%d bytes instead of at least %d)", ErrTruncated, info.Size(), highest)
	}
	return newest, nil
}

// nextMetaOffset walks over the places where a meta page can be: 0, and one page further for each size.
func nextMetaOffset(at int64) int64 {
	if at == 0 {
		return smallestPage
	}
	return at * 2
}

func readMeta(f io.ReaderAt, at int64) (fileHeader, bool) {
	var b [pageHeaderSize + metaSize]byte
	if _, err := f.ReadAt(b[:], at); err != nil {
		return fileHeader{}, false
	}
	m := b[pageHeaderSize:]
	le := binary.LittleEndian
	sum := fnv.New64a()
	sum.Write(m[:metaSumOffset])
	if le.Uint32(m) != boltMagic || le.Uint32(m[4:]) != boltVersion || le.Uint64(m[metaSumOffset:]) != sum.Sum64() {
		return fileHeader{}, false
	}
	h := fileHeader{
		pageSize:  int64(le.Uint32(m[8:])),
		root:      le.Uint64(m[16:]),
		freelist:  le.Uint64(m[32:]),
		highWater: le.Uint64(m[40:]),
		txid:      le.Uint64(m[48:]),
	}
	ok := h.pageSize >= smallestPage && h.pageSize <= largestPage && h.highWater < 1<<40
	return h, ok
}

// pageUse is how much of a file is in use, in pages.
type pageUse struct {
	total int64
	used  int64
}

// checkPages reads every page that can be reached and reports the first thing that is not as it must be:
// a page out of range, used twice, of a wrong kind, an element outside of its page, keys out of order.
func checkPages(f *os.File) (pageUse, error) {
	h, err := readHeader(f)
	if err != nil {
		return pageUse{}, err
	}
	return checkTree(f, h)
}

// checkTree is checkPages for the tree of one transaction.
func checkTree(f io.ReaderAt, h fileHeader) (pageUse, error) {
	w := pageWalk{f: f, h: h, seen: make([]uint64, h.highWater/64+1)}
	if h.freelist != noFreelist {
		if _, err := w.page(h.freelist, flagFreelist, 0); err != nil {
			return pageUse{}, err
		}
	}
	if err := w.tree(h.root, 0, nil, nil); err != nil {
		return pageUse{}, err
	}
	return pageUse{total: int64(h.highWater), used: w.used + firstDataPage}, nil
}

// pageWalk is one reading of a file's tree.
type pageWalk struct {
	f    io.ReaderAt
	h    fileHeader
	seen []uint64 // one bit for each page
	used int64

	// levels are used again for each page at the same depth: a file has hundreds of thousands of pages,
	// and only the way to one of them is looked at together.
	levels [maxTreeDepth + 2]struct {
		buf []byte
		els []element
	}
}

// page reads a page with its overflow, and refuses one that was read before. It holds until the next page of the
// same depth.
func (w *pageWalk) page(id uint64, kinds uint16, depth int) ([]byte, error) {
	if id < firstDataPage || id >= w.h.highWater {
		return nil, fmt.Errorf("%w (page %d is outside of the file)", ErrDamaged, id)
	}
	level := &w.levels[depth]
	if int64(len(level.buf)) < w.h.pageSize {
		level.buf = make([]byte, w.h.pageSize)
	}
	buf := level.buf[:w.h.pageSize]
	at := int64(id) * w.h.pageSize
	if _, err := w.f.ReadAt(buf, at); err != nil {
		return nil, fmt.Errorf("%w (page %d cannot be read: %v)", ErrDamaged, id, err)
	}
	le := binary.LittleEndian
	flags, overflow := le.Uint16(buf[8:]), uint64(le.Uint32(buf[12:]))
	if le.Uint64(buf) != id || flags&kinds == 0 || flags&(flags-1) != 0 {
		return nil, fmt.Errorf("%w (page %d is not what the tree says it is)", ErrDamaged, id)
	}
	if overflow > maxPageOverflow || id+overflow >= w.h.highWater {
		return nil, fmt.Errorf("%w (page %d goes on beyond the file)", ErrDamaged, id)
	}
	for p := id; p <= id+overflow; p++ {
		if w.seen[p/64]&(1<<(p%64)) != 0 {
			return nil, fmt.Errorf("%w (page %d is used twice)", ErrDamaged, p)
		}
		w.seen[p/64] |= 1 << (p % 64)
		w.used++
	}
	if overflow > 0 {
		size := (int64(overflow) + 1) * w.h.pageSize
		if int64(len(level.buf)) < size {
			level.buf = make([]byte, size)
		}
		buf = level.buf[:size]
		if _, err := w.f.ReadAt(buf, at); err != nil {
			return nil, fmt.Errorf("%w (page %d cannot be read: %v)", ErrDamaged, id, err)
		}
	}
	return buf, nil
}

// tree checks the page and all below it. Every key must be at least low and below high, where not nil.
func (w *pageWalk) tree(id uint64, depth int, low, high []byte) error {
	if depth > maxTreeDepth {
		return fmt.Errorf("%w (the tree above page %d has no end)", ErrDamaged, id)
	}
	p, err := w.page(id, flagBranch|flagLeaf, depth)
	if err != nil {
		return err
	}
	els, err := elements(p, w.levels[depth].els)
	w.levels[depth].els = els
	if err != nil {
		return fmt.Errorf("%w (page %d: %v)", ErrDamaged, id, err)
	}
	if err := inOrder(els, low, high); err != nil {
		return fmt.Errorf("%w (page %d: %v)", ErrDamaged, id, err)
	}
	for i, e := range els {
		switch {
		case e.child != 0:
			childHigh := high
			if i+1 < len(els) {
				childHigh = els[i+1].key
			}
			if err := w.tree(e.child, depth+1, e.key, childHigh); err != nil {
				return err
			}
		case e.bucket:
			if err := w.bucket(id, depth, e.value); err != nil {
				return err
			}
		}
	}
	return nil
}

// bucket checks the tree of a bucket found on a leaf, or its elements when it is small and lies inline.
func (w *pageWalk) bucket(onPage uint64, depth int, value []byte) error {
	if len(value) < bucketHeader {
		return fmt.Errorf("%w (page %d has a bucket without a root)", ErrDamaged, onPage)
	}
	if root := binary.LittleEndian.Uint64(value); root != 0 {
		return w.tree(root, depth+1, nil, nil)
	}
	inline := value[bucketHeader:]
	if len(inline) < pageHeaderSize || binary.LittleEndian.Uint16(inline[8:]) != flagLeaf {
		return fmt.Errorf("%w (page %d has a bucket without content)", ErrDamaged, onPage)
	}
	els, err := elements(inline, nil)
	if err == nil {
		err = inOrder(els, nil, nil)
	}
	if err != nil {
		return fmt.Errorf("%w (page %d, inline bucket: %v)", ErrDamaged, onPage, err)
	}
	for _, e := range els {
		if e.bucket {
			return fmt.Errorf("%w (page %d has a bucket inside an inline bucket)", ErrDamaged, onPage)
		}
	}
	return nil
}

// element is one entry of a branch or leaf page.
type element struct {
	key, value []byte
	child      uint64 // on a branch page
	bucket     bool
}

// elements reads the entries of a branch or leaf page, none of which may reach outside of it, into els.
func elements(p []byte, els []element) ([]element, error) {
	le := binary.LittleEndian
	isBranch := le.Uint16(p[8:]) == flagBranch
	count := int(le.Uint16(p[10:]))
	if pageHeaderSize+count*elementSize > len(p) {
		return nil, fmt.Errorf("%d elements do not fit", count)
	}
	if isBranch && count == 0 {
		return nil, fmt.Errorf("a branch without children")
	}
	els = slices.Grow(els[:0], count)[:count]
	clear(els)
	for i := range els {
		at := uint64(pageHeaderSize + i*elementSize)
		h := p[at : at+elementSize]
		e := &els[i]
		var pos, keyLen, valueLen uint64
		if isBranch {
			pos, keyLen, e.child = uint64(le.Uint32(h)), uint64(le.Uint32(h[4:])), le.Uint64(h[8:])
			if e.child == 0 {
				return nil, fmt.Errorf("element %d has no child", i)
			}
		} else {
			flags := le.Uint32(h)
			if flags&^leafIsBucket != 0 {
				return nil, fmt.Errorf("element %d has unknown flags", i)
			}
			e.bucket = flags&leafIsBucket != 0
			pos, keyLen, valueLen = uint64(le.Uint32(h[4:])), uint64(le.Uint32(h[8:])), uint64(le.Uint32(h[12:]))
		}
		start := at + pos
		if start < uint64(pageHeaderSize+count*elementSize) || start+keyLen+valueLen > uint64(len(p)) {
			return nil, fmt.Errorf("element %d reaches outside of its page", i)
		}
		e.key, e.value = p[start:start+keyLen], p[start+keyLen:start+keyLen+valueLen]
	}
	return els, nil
}

// inOrder checks that keys rise and stay within the bounds their parent gives.
func inOrder(els []element, low, high []byte) error {
	for i, e := range els {
		if i == 0 && low != nil && bytes.Compare(e.key, low) < 0 {
			return fmt.Errorf("its first key lies before the branch above")
		}
		if i > 0 && bytes.Compare(els[i-1].key, e.key) >= 0 {
			return fmt.Errorf("key %d is out of order", i)
		}
		if high != nil && bytes.Compare(e.key, high) >= 0 {
			return fmt.Errorf("key %d lies behind the branch above", i)
		}
	}
	return nil
}
