package access

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

var booth = DeviceSpec{Kind: Booth, Name: "bilik 1", Room: "R1", Seat: "S1"}

func (b *branch) begin(from string) (string, Begun) {
	b.t.Helper()
	secret, begun, err := b.BeginPairing(from, 1920, 1080)
	if err != nil {
		b.t.Fatal(err)
	}
	return secret, begun
}

func (b *branch) pair(spec DeviceSpec) (string, Device) {
	b.t.Helper()
	secret, begun := b.begin("192.0.2.9:1234")
	d, err := b.ApprovePairing("m", begun.Code, 1, spec)
	if err != nil {
		b.t.Fatal(err)
	}
	return secret, d
}

func (b *branch) polls(secret string, want PairingState, interval int) {
	b.t.Helper()
	if state, wait := b.PollPairing(secret); state != want || wait != interval {
		b.t.Errorf("the screen is told %s, %d; want %s, %d", state, wait, want, interval)
	}
}

func TestPairing(t *testing.T) {
	b := start(t)
	secret, begun := b.begin("192.0.2.9:1234")
	if len(begun.Code) != 9 || begun.Code[4] != '-' || strings.Trim(begun.Code, codeLetters+"-") != "" || begun.Interval != PollEvery {
		t.Errorf("begun: %+v", begun)
	}
	if len(secret) < 43 {
		t.Errorf("the secret has %d characters", len(secret))
	}
	b.clock.Add(PollEvery)
	b.polls(secret, PairingPending, PollEvery)
	typed := strings.ToLower(strings.ReplaceAll(begun.Code, "-", " "))
	seen, err := b.FindPairing("m", typed)
	if err != nil || seen.From != "192.0.2.9" || seen.Width != 1920 || seen.Height != 1080 || seen.Expires != noon+PairingLife {
		t.Errorf("the manager sees %+v %v", seen, err)
	}
	_, err = b.ApprovePairing("m", typed, 1, DeviceSpec{Kind: Booth, Name: "x"})
	wantField(t, err, "seat", "device_seat")
	device, err := b.ApprovePairing("m", typed, 1, booth)
	if err != nil || device.Kind != Booth || device.Room != "R1" || device.Seat != "S1" || device.By != 1 || device.From != "192.0.2.9" {
		t.Fatalf("approved: %+v %v", device, err)
	}
	if _, err := b.ApprovePairing("m", begun.Code, 1, booth); !errors.Is(err, ErrCode) {
		t.Errorf("a used code gives %v", err)
	}
	for range 2 { // a lost answer is asked for again
		b.polls(secret, PairingApproved, PollEvery)
	}
	b.reopen(cheap)
	b.polls(secret, PairingApproved, PollEvery)
	who := b.who(secret)
	if who.Kind != ByDevice || who.Role != "" || who.ID != 0 || who.Device.ID != device.ID || who.Device.Credential != who.Credential {
		t.Errorf("a device is %+v", who)
	}
	moved, err := b.MoveDevice(device.ID, DeviceSpec{Name: "bilik 2", Room: "R1", Seat: "S2"})
	if err != nil || moved.Seat != "S2" || moved.Kind != Booth || !ended(who) || b.who(secret).Device.Seat != "S2" {
		t.Errorf("moved: %+v %v", moved, err)
	}
	if all := b.Devices(); len(all) != 1 || all[0].Name != "bilik 2" || all[0].Seen != noon+PollEvery {
		t.Errorf("devices: %+v", all)
	}
	who = b.who(secret)
	if err := b.RevokeDevice(device.ID); err != nil || !ended(who) {
		t.Errorf("revoke: %v", err)
	}
	b.gone("revoked", secret)
	b.polls(secret, PairingExpired, PollEvery)
	if strings.Contains(b.bytes(), secret) || strings.Contains(b.bytes(), "bilik 2") {
		t.Error("the file holds the token, or the revoked device")
	}
	if err := b.RevokeDevice(device.ID); !errors.Is(err, ErrUnknown) {
		t.Errorf("revoking twice gives %v", err)
	}
	if _, err := b.MoveDevice(device.ID, DeviceSpec{Name: "x"}); !errors.Is(err, ErrUnknown) {
		t.Errorf("moving nothing gives %v", err)
	}
}

func TestADeniedScreenStaysOut(t *testing.T) {
	b := start(t)
	secret, begun := b.begin("")
	if err := b.DenyPairing("m", begun.Code); err != nil {
		t.Fatal(err)
	}
	b.clock.Add(PollEvery)
	b.polls(secret, PairingDenied, PollEvery)
	b.gone("denied", secret)
	if _, err := b.ApprovePairing("m", begun.Code, 1, booth); !errors.Is(err, ErrCode) {
		t.Errorf("a denied code gives %v", err)
	}
}

func TestAScreenThatAsksTooOftenIsSlowedDown(t *testing.T) {
	b := start(t)
	secret, _ := b.begin("")
	b.clock.Add(PollEvery - 1)
	b.polls(secret, PairingPending, PollEvery)
	b.clock.Add(1)
	b.polls(secret, PairingSlowDown, 2*PollEvery)
	b.clock.Add(2*PollEvery - 1)
	b.polls(secret, PairingPending, 2*PollEvery)
	b.polls("guessed", PairingExpired, PollEvery)
}

func TestADeviceLastsHalfAYear(t *testing.T) {
	b := start(t)
	token, device := b.pair(DeviceSpec{Kind: Display, Name: "lobi", Lobby: 2, Part: 1, Parts: 2})
	if device.Expires != noon+DeviceLife || device.Lobby != 2 || device.Part != 1 || device.Parts != 2 {
		t.Fatalf("paired: %+v", device)
	}
	b.clock.Add(DeviceLife - 1)
	who := b.who(token) // a display is never idle
	b.clock.Add(1)
	b.gone("half a year later", token)
	if err := b.Expire(); err != nil || !ended(who) || b.last().Kind != DeviceRevoked || len(b.Devices()) != 0 {
		t.Errorf("expire: %v %+v", err, b.last())
	}
}

func TestACodeLastsTenMinutes(t *testing.T) {
	b := start(t)
	secret, begun := b.begin("")
	b.clock.Add(PairingLife)
	if _, err := b.ApprovePairing("m", begun.Code, 1, booth); !errors.Is(err, ErrCode) {
		t.Errorf("an old code gives %v", err)
	}
	b.polls(secret, PairingExpired, PollEvery)
}

func TestFewScreensWaitAtOnce(t *testing.T) {
	b := start(t)
	for i := range maxPairings {
		b.begin(fmt.Sprintf("192.0.2.%d", i/maxFromPlace))
	}
	if _, _, err := b.BeginPairing("198.51.100.1", 0, 0); !errors.Is(err, ErrTooMany) {
		t.Errorf("one screen too many gives %v", err)
	}
	b.clock.Add(PairingLife)
	for range maxFromPlace {
		b.begin("192.0.2.1")
	}
	if _, _, err := b.BeginPairing("192.0.2.1", 0, 0); !errors.Is(err, ErrTooMany) {
		t.Errorf("one screen too many from a place gives %v", err)
	}
	b.begin("192.0.2.2")
}

func TestGuessingCodesIsSlow(t *testing.T) {
	b := start(t)
	_, begun := b.begin("")
	guess := func(session int) error {
		_, err := b.FindPairing(fmt.Sprint(session), "BBBB-BBBB")
		return err
	}
	for session := range triesPerHour / triesPerSession {
		for range triesPerSession {
			if err := guess(session); !errors.Is(err, ErrCode) {
				t.Fatal(err)
			}
		}
		if session == 0 {
			wantThrottled(t, guess(session), PairingLife)
		}
	}
	_, err := b.ApprovePairing("another", begun.Code, 1, booth)
	wantThrottled(t, err, hour)
	if e := b.last(); e.Kind != PairingRefused {
		t.Errorf("the event is %+v", e)
	}
	b.clock.Add(hour)
	b.pair(booth)
}

func TestADeviceNeedsAPlace(t *testing.T) {
	b := start(t)
	_, begun := b.begin("")
	tests := []struct {
		spec        DeviceSpec
		field, code string
	}{
		{DeviceSpec{Kind: "tv", Name: "x"}, "kind", "device_kind"},
		{DeviceSpec{Kind: Display, Name: " "}, "name", "device_name"},
		{DeviceSpec{Kind: Display, Name: "x", Room: "<b>"}, "room", "device_place"},
		{DeviceSpec{Kind: Booth, Name: "x", Room: "R1"}, "seat", "device_seat"},
		{DeviceSpec{Kind: Display, Name: "x", Lobby: MaxLobby + 1}, "lobby", "device_lobby"},
		{DeviceSpec{Kind: Display, Name: "x", Part: 3, Parts: 2}, "part", "device_part"},
		{DeviceSpec{Kind: Display, Name: "x", Parts: 2}, "part", "device_part"},
		{DeviceSpec{Kind: Display, Name: "x", Part: 1, Parts: maxParts + 1}, "part", "device_part"},
	}
	for _, test := range tests {
		_, err := b.ApprovePairing("m", begun.Code, 1, test.spec)
		wantField(t, err, test.field, test.code)
	}
	if d, err := b.ApprovePairing("m", begun.Code, 1, DeviceSpec{Kind: Kiosk, Name: "x", Lobby: 3, Part: 1, Parts: 2}); err != nil || d.Lobby+d.Part+d.Parts != 0 {
		t.Errorf("a kiosk of a lobby: %+v %v", d, err)
	}
}

func TestScopes(t *testing.T) {
	want := map[DeviceKind]string{Display: "lobby []", Booth: "booth [ready step]", Kiosk: "public [take_number print]", DeskDevice: "desk []", "tv": " []"}
	for kind, scope := range want {
		if s := kind.Scope(); fmt.Sprint(s.Audience, " ", s.Acts) != scope {
			t.Errorf("%s may %v", kind, s)
		}
	}
	if !Booth.Scope().May("ready") || Booth.Scope().May("take_number") || Display.Scope().May("ready") {
		t.Error("a device may what it must not, or may not what it must")
	}
}
