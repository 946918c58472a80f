package board

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/gorilla/websocket"
)

// The frames are small and their fields fixed, so that they are put together by
// hand: the view is copied once and never decoded.

// viewFrame is {"type":"view","subject":…,"epoch":…,"seq":…,"at":…,"view":{…}}.
func (f *Feed) viewFrame(subject string, r Rendered) []byte {
	b := make([]byte, 0, len(r.Body)+len(subject)+len(f.epoch)+128)
	b = append(b, `{"type":"view","subject":`...)
	b = appendString(b, subject)
	b = append(b, `,"epoch":`...)
	b = appendString(b, f.epoch)
	b = appendPosition(b, r.Seq, r.At)
	b = append(b, `,"view":`...)
	b = append(b, r.Body...)
	return append(b, '}')
}

// helloFrame is {"type":"hello","epoch":…,"build":…,"seq":…,"at":…}. Its seq is
// that of the view the screen is going to hold.
func (f *Feed) helloFrame(seq int64) []byte {
	b := append([]byte(nil), `{"type":"hello","epoch":`...)
	b = appendString(b, f.epoch)
	b = append(b, `,"build":`...)
	b = appendString(b, f.build)
	b = appendPosition(b, seq, f.clock())
	return append(f.appendSpeed(b), '}')
}

// beatFrame is {"type":"beat","seq":…,"at":…}.
func (f *Feed) beatFrame(seq int64) []byte {
	b := append([]byte(nil), `{"type":"beat"`...)
	b = appendPosition(b, seq, f.clock())
	return append(f.appendSpeed(b), '}')
}

// appendPosition writes the seq and the time, RFC 3339 in UTC to the second.
func appendPosition(b []byte, seq, at int64) []byte {
	b = append(b, `,"seq":`...)
	b = strconv.AppendInt(b, seq, 10)
	b = append(b, `,"at":"`...)
	b = time.Unix(at, 0).UTC().AppendFormat(b, time.RFC3339)
	return append(b, '"')
}

// appendSpeed writes a demo's speed.
func (f *Feed) appendSpeed(b []byte) []byte {
	if f.speed == nil {
		return b
	}
	return strconv.AppendInt(append(b, `,"speed":`...), int64(f.speed()), 10)
}

func appendString(b []byte, s string) []byte {
	quoted, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string always has a JSON form
	}
	return append(b, quoted...)
}

func prepare(text []byte) (*websocket.PreparedMessage, error) {
	return websocket.NewPreparedMessage(websocket.TextMessage, text)
}
