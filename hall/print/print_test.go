package print

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lapak/hall/print/emulator"
)

var update = flag.Bool("update", false, "write the golden files anew")

// ticket is what a kiosk prints.
func ticket() Document {
	return Document{
		{Text: "Kantor Cabang Bandung Suci, Jalan PHH Mustofa 39", Bold: true, Align: Centre},
		{Kind: Gap}, {Text: "NOMOR ANTREAN ANDA", Align: Centre},
		{Text: "A014", Size: 8, Fill: true, Bold: true, Align: Centre},
		{Text: "Sisa antrean di depan: 12 nomor", Bold: true, Align: Centre},
		{Text: "Perkiraan tunggu 35–60 menit, per pukul 09.30", Align: Centre},
		{Kind: Rule}, {Text: "Mohon menunggu nomor Anda dipanggil", Bold: true, Align: Centre},
		{Kind: Code, Text: "https://antrean.example/t/Zm9vYmFyYmF6"},
		{Kind: Pair, Text: "Senin, 2 Maret 2026", Right: "09.30 WIB"},
		{Text: "Terima kasih atas kunjungan Anda", Align: Centre},
	}
}

var profiles = map[string]Profile{
	"58-native": {Width: Narrow, QR: QRNative, CodePage: PC437, Cut: false},
	"58-raster": {Width: Narrow, QR: QRRaster, CodePage: WPC1252, Cut: true},
	"80-native": {Width: Broad, QR: QRNative, CodePage: WPC1252, Cut: true},
	"80-raster": {Width: Broad, QR: QRRaster, CodePage: PC437, Cut: true},
}

func start(t *testing.T) *emulator.Printer {
	t.Helper()
	p, err := emulator.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p
}

// TestGoldenBytes holds each profile to the bytes that were printed when somebody
// looked at the paper, and to what the emulator reads out of them.
func TestGoldenBytes(t *testing.T) {
	for name, profile := range profiles {
		t.Run(name, func(t *testing.T) {
			data, err := Encode(ticket(), profile)
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join("testdata", name+".bin")
			if *update {
				if err := os.WriteFile(path, data, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(data, want) {
				t.Errorf("%d bytes are not the %d of %s; look at the paper and run with -update", len(data), len(want), path)
			}
			holdSheet(t, profile, data)
		})
	}
}

func holdSheet(t *testing.T, profile Profile, data []byte) {
	t.Helper()
	p := start(t)
	var pool Pool
	if err := pool.Print(t.Context(), p.Address(), true, data); err != nil {
		t.Fatal(err)
	}
	sheet := papers(t, p, 1)[0]
	if !bytes.Equal(sheet.Bytes, data) {
		t.Error("what arrived is not what was sent")
	}
	if sheet.Cut != profile.Cut {
		t.Errorf("cut: %v", sheet.Cut)
	}
	columns, number := rolls[profile.Width].columns, 0
	for _, l := range sheet.Lines {
		if n := len([]rune(l.Text)) * l.Size; n > columns {
			t.Errorf("%q takes %d of %d columns", l.Text, n, columns)
		}
		if l.Text == "A014" {
			number = l.Size
		}
	}
	if number != 8 {
		t.Errorf("the number is %d times as large as the text, want 8", number)
	}
	for _, want := range []string{"Mohon menunggu nomor Anda dipanggil", "NOMOR ANTREAN ANDA", "09.30 WIB"} {
		if !strings.Contains(strings.Join(strings.Fields(sheet.Text()), " "), want) {
			t.Errorf("the paper lacks %q:\n%s", want, sheet.Text())
		}
	}
	switch {
	case profile.QR == QRNative && (len(sheet.Codes) != 1 || sheet.Codes[0] != "https://antrean.example/t/Zm9vYmFyYmF6"):
		t.Errorf("codes: %q", sheet.Codes)
	case profile.QR == QRRaster && (len(sheet.Dots) != 1 || sheet.Dots[0][0] > rolls[profile.Width].dots || sheet.Dots[0][1] < qrSide):
		t.Errorf("pictures: %v", sheet.Dots)
	}
}

// papers waits for so many sheets: the last is kept when the connection ends.
func papers(t *testing.T, p *emulator.Printer, n int) []emulator.Sheet {
	t.Helper()
	for until := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		sheets, err := p.Sheets()
		if err != nil {
			t.Fatal(err)
		}
		if len(sheets) >= n {
			return sheets
		}
		if time.Now().After(until) {
			t.Fatalf("%d sheets came out, want %d", len(sheets), n)
		}
	}
}

// TestTroubleIsNamed: what is wrong is told in a word that has a sentence, and
// nothing is sent that would come out later for somebody else.
func TestTroubleIsNamed(t *testing.T) {
	data, err := Encode(ticket(), profiles["58-native"])
	if err != nil {
		t.Fatal(err)
	}
	for want, state := range map[Trouble]emulator.State{
		PaperOut: {PaperOut: true}, CoverOpen: {CoverOpen: true, PaperOut: true}, Offline: {Offline: true}, "mute": {Mute: true}, "noise": {Noise: true},
	} {
		t.Run(string(want), func(t *testing.T) {
			p := start(t)
			p.Set(state)
			if state.Mute || state.Noise {
				want = Offline
			}
			var pool Pool
			if got := TroubleOf(pool.Print(t.Context(), p.Address(), true, data)); got != want {
				t.Errorf("trouble %q, want %q", got, want)
			}
			if got := TroubleOf(pool.Look(t.Context(), p.Address())); got != want {
				t.Errorf("a look says %q, want %q", got, want)
			}
			if sheets, err := p.Sheets(); len(sheets) != 0 || err != nil {
				t.Errorf("something was sent: %d sheets, %v", len(sheets), err)
			}
		})
	}
}

func TestPaperThatEndsInTheMiddle(t *testing.T) {
	p := start(t)
	p.Set(emulator.State{EndsAfter: 3, NoQueue: true})
	data, _ := Encode(ticket(), profiles["58-native"])
	var pool Pool
	if got := TroubleOf(pool.Print(t.Context(), p.Address(), true, data)); got != PaperOut {
		t.Errorf("trouble %q, want %q", got, PaperOut)
	}
}

func TestNobodyThere(t *testing.T) {
	p := start(t)
	address := p.Address()
	p.Close()
	var pool Pool
	if got := TroubleOf(pool.Print(t.Context(), address, true, []byte("x"))); got != Offline {
		t.Errorf("trouble %q, want %q", got, Offline)
	}
}

// TestOneAtATime: two prints on one printer come out whole, one after the other.
func TestOneAtATime(t *testing.T) {
	p := start(t)
	var pool Pool
	errs := make(chan error, 4)
	for i := range cap(errs) {
		go func() {
			data, err := Encode(Document{{Text: strings.Repeat(fmt.Sprint(i), 20)}, {Text: strings.Repeat(fmt.Sprint(i), 20)}}, profiles["80-native"])
			errs <- errors.Join(err, pool.Print(context.Background(), p.Address(), true, data))
		}()
	}
	for range cap(errs) {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	for _, s := range papers(t, p, cap(errs)) {
		if len(s.Lines) != 2 || s.Lines[0].Text != s.Lines[1].Text {
			t.Errorf("a mixed sheet: %q", s.Text())
		}
	}
}

// TestAPrinterThatNeverAnswers is believed, when the manager said that it is one.
func TestAPrinterThatNeverAnswers(t *testing.T) {
	p := start(t)
	p.Set(emulator.State{Mute: true})
	data, _ := Encode(ticket(), profiles["80-native"])
	var pool Pool
	if err := pool.Print(t.Context(), p.Address(), false, data); err != nil {
		t.Fatal(err)
	}
	papers(t, p, 1)
}

func TestAddresses(t *testing.T) {
	for _, good := range []string{"192.168.1.50:9100", "10.0.0.7:9100", "172.16.4.4:9101", "127.0.0.1:9100", "[fd00::12]:9100", "[::1]:9100", "[::ffff:10.0.0.1]:9100"} {
		if _, err := CheckAddress(good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for _, bad := range []string{"", "printer:9100", "localhost:9100", "8.8.8.8:9100", "169.254.169.254:9100", "192.168.1.50", "192.168.1.50:80", "0.0.0.0:9100",
		"[fe80::1%eth0]:9100", "[::ffff:8.8.8.8]:9100", "224.0.0.1:9100", "http://192.168.1.50:9100", "192.168.1.50:99999"} {
		if _, err := CheckAddress(bad); err == nil {
			t.Errorf("%s is allowed", bad)
		}
		var pool Pool
		if got := TroubleOf(pool.Look(t.Context(), bad)); got != Offline {
			t.Errorf("%s: %q", bad, got)
		}
	}
}

// TestTextIsNeverACommand: whatever a branch's name holds, no byte below a space
// but the line feeds of ours gets to the printer.
func TestTextIsNeverACommand(t *testing.T) {
	for _, page := range []CodePage{PC437, WPC1252} {
		for _, b := range letters("a\x1b@\x10\x04\n\tÄ – \u200b漢\x7f", page) {
			if b < ' ' || b == 0x7f {
				t.Errorf("%s lets %#02x through", page, b)
			}
		}
	}
	if got := string(letters("35–60 é", PC437)); got != "35-60 e" {
		t.Errorf("%q", got)
	}
	if got := letters("–é", WPC1252); !bytes.Equal(got, []byte{0x96, 0xe9}) {
		t.Errorf("% x", got)
	}
}

func TestLinesFit(t *testing.T) {
	for text, want := range map[string][]string{
		"":                    nil,
		"satu dua":            {"satu dua"},
		"satu dua tiga empat": {"satu dua", "tiga empat"},
		"pertanggungjawaban":  {"pertanggun", "gjawaban"},
	} {
		if got := wrap(text, 10); strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if got := pair("kiri", "kanan", 10); len(got) != 1 || got[0] != "kiri kanan" {
		t.Errorf("%q", got)
	}
	if got := pair("kiri sekali", "kanan", 10); strings.Join(got, "|") != "kiri|sekali|     kanan" {
		t.Errorf("%q", got)
	}
}

func TestProfilesAreChecked(t *testing.T) {
	for _, p := range []Profile{{}, {Width: 70, QR: QRNative, CodePage: PC437}, {Width: 58, CodePage: PC437}, {Width: 58, QR: QRRaster, CodePage: "utf-8"}} {
		if _, err := Encode(ticket(), p); err == nil {
			t.Errorf("%+v is printed", p)
		}
	}
	if _, err := Encode(Document{{Kind: Code, Text: strings.Repeat("x", maxCode+1)}}, profiles["58-raster"]); err == nil {
		t.Error("a code that holds too much is printed")
	}
}
