package media

import "bytes"

// Limits of one upload, by kind.
const (
	// MaxImage is a phone's photo at its full size.
	MaxImage = 10 << 20
	// MaxClip is MaxClipMS of speech as WAV at 48 kHz in stereo.
	MaxClip = 2 << 20
	// MaxAudio is MaxAudioMS of MP3 at the best rate.
	MaxAudio = 5 << 20
	// MaxClipMS is more than any one word or phrase of a call takes.
	MaxClipMS = 10_000
	// MaxAudioMS is more than anybody listens to one picture.
	MaxAudioMS = 120_000
	// MaxUpload is the largest of them, for whoever reads a body.
	MaxUpload = MaxImage
)

// made is an upload as it is kept.
type made struct {
	data          []byte
	mime, ending  string
	width, height int
	lastMS        int64
}

// remake reads an upload by its bytes and writes it anew.
func remake(kind Kind, data []byte) (made, error) {
	switch kind {
	case Slide, Picture:
		return remakeImage(data)
	case Clip:
		return remakeSound(data, MaxClip, MaxClipMS)
	case Audio:
		return remakeSound(data, MaxAudio, MaxAudioMS)
	}
	return made{}, wrong("kind", "bad_field", "The kind must be slide, clip, picture or audio.")
}

func remakeSound(data []byte, most int, mostMS int64) (m made, err error) {
	if len(data) > most {
		return m, wrong("file", "body_too_large", "The recording has more than %d MB. Cut it, or save it as MP3.", most>>20)
	}
	switch {
	case bytes.HasPrefix(data, []byte("RIFF")):
		m, err = remakeWAV(data)
	case bytes.HasPrefix(data, []byte("ID3")), len(data) > 1 && data[0] == 0xff && data[1]&0xe0 == 0xe0:
		m, err = remakeMP3(data)
	default:
		return m, wrong("file", "unsupported_media_type", "This is neither MP3 nor WAV. Save the recording as one of them; every screen can play these.")
	}
	if err == nil && m.lastMS > mostMS {
		return m, wrong("file", "too_long", "The recording lasts %d seconds; at most %d are taken here.", m.lastMS/1000, mostMS/1000)
	}
	if err == nil && m.lastMS < 20 {
		return m, wrong("file", "bad_field", "There is no sound in this recording.")
	}
	return m, err
}
