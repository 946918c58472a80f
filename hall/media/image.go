package media

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
)

const (
	// maxPixels is a phone's photo. Decoding one takes some 100 MB, and up to 400 MB
	// where it is stored in passes: on the smallest PC no more can be spared.
	maxPixels = 26_000_000
	// maxScans bounds the passes in which a JPEG may be stored: programs write ten or
	// so. A pass of a few bytes goes through the whole picture, so that without a bound
	// a small file would keep a processor busy for hours.
	maxScans = 64
	// minSide is the least that is recognised on a wall.
	minSide = 64
	// maxSide is what is kept: a display of 4K shows a slide on a part of it, and a
	// cheap television decodes this without a stutter.
	maxSide = 1920
	// jpegQuality keeps small print of a poster legible.
	jpegQuality = 86
	// maxPNG is the size up to which a drawing stays without loss.
	maxPNG = 1 << 20
)

// remakeImage decodes a picture, turns it upright, makes it no larger than maxSide
// and encodes it anew.
func remakeImage(data []byte) (made, error) {
	if len(data) > MaxImage {
		return made{}, wrong("file", "body_too_large", "The picture has more than %d MB. Save it smaller.", MaxImage>>20)
	}
	decode, config := jpeg.Decode, jpeg.DecodeConfig
	isPNG := bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n"))
	switch {
	case isPNG:
		decode, config = png.Decode, png.DecodeConfig
	case !bytes.HasPrefix(data, []byte{0xff, 0xd8, 0xff}):
		return made{}, wrong("file", "unsupported_media_type", "This is neither a JPEG nor a PNG picture. Save it as one of them.")
	}
	size, err := config(bytes.NewReader(data))
	if err != nil {
		return made{}, errPicture
	}
	if size.Width < minSide || size.Height < minSide {
		return made{}, wrong("file", "too_small", "The picture has %d by %d pixels; at least %d by %d are needed.", size.Width, size.Height, minSide, minSide)
	}
	if size.Width*size.Height > maxPixels {
		return made{}, wrong("file", "body_too_large", "The picture has %d by %d pixels, more than %d million. Save it smaller.", size.Width, size.Height, maxPixels/1_000_000)
	}
	if !isPNG && scans(data) > maxScans {
		return made{}, wrong("file", "bad_field", "The picture is stored in more than %d passes. Save it again as an ordinary JPEG.", maxScans)
	}
	picture, err := decode(bytes.NewReader(data))
	if err != nil {
		return made{}, errPicture
	}
	turn := 1
	if !isPNG {
		turn = orientation(data)
	}
	small := upright(shrink(picture), turn)
	return encode(small, isPNG)
}

var errPicture = wrong("file", "bad_field", "This picture is damaged or cut short. Save it again and upload the new file.")

func encode(p *image.RGBA, lossless bool) (made, error) {
	m := made{width: p.Rect.Dx(), height: p.Rect.Dy()}
	var out bytes.Buffer
	if lossless {
		if err := png.Encode(&out, p); err != nil {
			return made{}, errors.Join(errPicture, err)
		}
		if out.Len() <= maxPNG {
			m.data, m.mime, m.ending = out.Bytes(), "image/png", ".png"
			return m, nil
		}
		out.Reset()
	}
	ground := image.NewRGBA(p.Rect)
	draw.Draw(ground, p.Rect, image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(ground, p.Rect, p, image.Point{}, draw.Over)
	if err := jpeg.Encode(&out, ground, &jpeg.Options{Quality: jpegQuality}); err != nil {
		return made{}, errors.Join(errPicture, err)
	}
	m.data, m.mime, m.ending = out.Bytes(), "image/jpeg", ".jpg"
	return m, nil
}

// shrink scales a picture down to maxSide by averaging, so that letters stay smooth.
// A smaller one keeps its size.
func shrink(p image.Image) *image.RGBA {
	b := p.Bounds()
	w, h := b.Dx(), b.Dy()
	if most := max(w, h); most > maxSide {
		w, h = max(1, w*maxSide/most), max(1, h*maxSide/most)
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if w == b.Dx() && h == b.Dy() {
		draw.Draw(out, out.Rect, p, b.Min, draw.Src)
		return out
	}
	// Only the rows that make one row of the smaller picture are held at a time.
	band := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()/h+1))
	for y := range h {
		top, bottom := y*b.Dy()/h, (y+1)*b.Dy()/h
		draw.Draw(band, image.Rect(0, 0, b.Dx(), bottom-top), p, image.Pt(b.Min.X, b.Min.Y+top), draw.Src)
		for x := range w {
			left, right := x*b.Dx()/w, (x+1)*b.Dx()/w
			average(band, image.Rect(left, 0, right, bottom-top), out.Pix[out.PixOffset(x, y):])
		}
	}
	return out
}

// average writes the mean colour of a box into one pixel.
func average(p *image.RGBA, box image.Rectangle, to []uint8) {
	var sum [4]uint32
	for y := box.Min.Y; y < box.Max.Y; y++ {
		row := p.Pix[p.PixOffset(box.Min.X, y) : p.PixOffset(box.Max.X-1, y)+4]
		for i := 0; i < len(row); i += 4 {
			sum[0] += uint32(row[i])
			sum[1] += uint32(row[i+1])
			sum[2] += uint32(row[i+2])
			sum[3] += uint32(row[i+3])
		}
	}
	n := uint32(box.Dx() * box.Dy())
	for c := range sum {
		to[c] = uint8((sum[c] + n/2) / n)
	}
}

// upright applies the orientation that a camera noted: 1 is upright already.
func upright(p *image.RGBA, turn int) *image.RGBA {
	if turn < 2 || turn > 8 {
		return p
	}
	w, h := p.Rect.Dx(), p.Rect.Dy()
	ow, oh := w, h
	if turn >= 5 {
		ow, oh = h, w
	}
	out := image.NewRGBA(image.Rect(0, 0, ow, oh))
	for y := range h {
		for x := range w {
			tx, ty := x, y
			switch turn {
			case 2:
				tx = w - 1 - x
			case 3:
				tx, ty = w-1-x, h-1-y
			case 4:
				ty = h - 1 - y
			case 5:
				tx, ty = y, x
			case 6:
				tx, ty = h-1-y, x
			case 7:
				tx, ty = h-1-y, w-1-x
			case 8:
				tx, ty = y, w-1-x
			}
			copy(out.Pix[out.PixOffset(tx, ty):][:4], p.Pix[p.PixOffset(x, y):])
		}
	}
	return out
}

// orientation reads how a camera was held from a JPEG's Exif; 1 where it says nothing.
func orientation(data []byte) int {
	for at := 2; at+4 <= len(data) && data[at] == 0xff; {
		marker, size := data[at+1], int(binary.BigEndian.Uint16(data[at+2:]))
		if marker == 0xda || size < 2 || at+2+size > len(data) {
			return 1
		}
		if part := data[at+4 : at+2+size]; marker == 0xe1 && bytes.HasPrefix(part, []byte("Exif\x00\x00")) {
			return exifTurn(part[6:])
		}
		at += 2 + size
	}
	return 1
}

// scans counts the passes of a JPEG as its decoder will find them.
func scans(data []byte) (n int) {
	for at := 2; at+4 <= len(data); {
		marker := data[at+1]
		switch {
		case data[at] != 0xff || marker == 0xff:
			at++
			continue
		case marker == 0 || marker >= 0xd0 && marker <= 0xd7: // within a pass
			at += 2
			continue
		case marker == 0xd9: // the end
			return n
		case marker == 0xda:
			n++
		}
		at += 2 + int(binary.BigEndian.Uint16(data[at+2:]))
	}
	return n
}

const (
	exifOrientation = 0x0112
	exifEntry       = 12 // bytes
)

func exifTurn(b []byte) int {
	if len(b) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	if b[0] == 'M' {
		order = binary.BigEndian
	}
	at := int64(order.Uint32(b[4:]))
	if at+2 > int64(len(b)) {
		return 1
	}
	count := int(order.Uint16(b[at:]))
	for i := range count {
		e := at + 2 + int64(i)*exifEntry
		if e+exifEntry > int64(len(b)) {
			return 1
		}
		if order.Uint16(b[e:]) == exifOrientation {
			return int(order.Uint16(b[e+8:]))
		}
	}
	return 1
}
