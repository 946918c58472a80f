package media

import (
	"bytes"
	"encoding/binary"
)

var errBroken = wrong("file", "bad_field", "This recording is damaged or cut short. Save it again and upload the new file.")

// remakeWAV keeps the format and the samples of a plain WAV file and nothing else.
func remakeWAV(data []byte) (made, error) {
	if len(data) < 12 || string(data[8:12]) != "WAVE" {
		return made{}, errBroken
	}
	var format, samples []byte
	for rest := data[12:]; len(rest) >= 8; {
		size := int64(binary.LittleEndian.Uint32(rest[4:8]))
		if 8+size > int64(len(rest)) {
			return made{}, errBroken
		}
		switch string(rest[:4]) {
		case "fmt ":
			format = rest[8 : 8+size]
		case "data":
			samples = rest[8 : 8+size]
		}
		rest = rest[min(8+size+size&1, int64(len(rest))):]
	}
	if len(format) < 16 || samples == nil {
		return made{}, errBroken
	}
	u16 := func(at int) int { return int(binary.LittleEndian.Uint16(format[at:])) }
	channels, rate, bits := u16(2), int(binary.LittleEndian.Uint32(format[4:])), u16(14)
	if u16(0) != 1 || channels < 1 || channels > 2 || rate < 8000 || rate > 48000 || bits != 16 {
		return made{}, wrong("file", "unsupported_media_type", "Of WAV only plain PCM with 16 bits, 8 to 48 kHz and one or two channels is taken. Save it so, or as MP3.")
	}
	frame := channels * 2
	samples = samples[:len(samples)/frame*frame]
	var out bytes.Buffer
	out.WriteString("RIFF")
	put := func(v any) { _ = binary.Write(&out, binary.LittleEndian, v) } // a buffer never fails
	put(uint32(36 + len(samples)))
	out.WriteString("WAVEfmt ")
	put(uint32(16))
	for _, v := range []any{uint16(1), uint16(channels), uint32(rate), uint32(rate * frame), uint16(frame), uint16(16)} {
		put(v)
	}
	out.WriteString("data")
	put(uint32(len(samples)))
	out.Write(samples)
	return made{data: out.Bytes(), mime: "audio/wav", ending: ".wav", lastMS: int64(len(samples)/frame) * 1000 / int64(rate)}, nil
}

// bitrates of layer III in kbit/s, for MPEG 1 and for 2 and 2.5.
var bitrates = [2][15]int{
	{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
	{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
}

var rates = [3]int{44100, 48000, 32000}

// mp3Frame reads one frame's header: its length in bytes, its samples and their rate.
func mp3Frame(b []byte) (size, samples, rate int, ok bool) {
	if len(b) < 4 || b[0] != 0xff || b[1]&0xe0 != 0xe0 {
		return 0, 0, 0, false
	}
	version, layer := b[1]>>3&3, b[1]>>1&3
	index, freq, padding := b[2]>>4, b[2]>>2&3, int(b[2]>>1&1)
	if version == 1 || layer != 1 || index == 0 || index == 15 || freq == 3 {
		return 0, 0, 0, false
	}
	table, samples := 1, 576
	rate = rates[freq]
	switch version {
	case 3:
		table, samples = 0, 1152
	case 2:
		rate /= 2
	case 0:
		rate /= 4
	}
	return samples/8*bitrates[table][index]*1000/rate + padding, samples, rate, true
}

// remakeMP3 walks the frames and keeps them, without the tags before and after, which
// hold names, comments and pictures.
func remakeMP3(data []byte) (made, error) {
	for len(data) > 10 && string(data[:3]) == "ID3" {
		size := int(data[6]&0x7f)<<21 | int(data[7]&0x7f)<<14 | int(data[8]&0x7f)<<7 | int(data[9]&0x7f)
		if data[5]&0x10 != 0 {
			size += 10 // a footer
		}
		if 10+size > len(data) {
			return made{}, errBroken
		}
		data = data[10+size:]
	}
	if n := len(data) - 128; n >= 0 && string(data[n:n+3]) == "TAG" {
		data = data[:n]
	}
	at, total, first := 0, int64(0), 0
	for at < len(data) {
		size, samples, rate, ok := mp3Frame(data[at:])
		if !ok || (first != 0 && rate != first) || at+size > len(data) {
			break
		}
		first = rate
		at, total = at+size, total+int64(samples)
	}
	// What follows the last whole frame must be padding or another kind of tag, or
	// the file is something else that began like a recording.
	if first == 0 || at*10 < len(data)*9 {
		return made{}, errBroken
	}
	return made{data: bytes.Clone(data[:at]), mime: "audio/mpeg", ending: ".mp3", lastMS: total * 1000 / int64(first)}, nil
}
