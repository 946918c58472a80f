package access

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

var booth = DeviceSpec{Kind: Booth, Name: "bilik 1", Room: "R1", Seat: "S1"}

func (b *branch) offer(spec DeviceSpec) Offer {
	b.t.Helper()
	o, err := b.OfferPairing(1, spec)
	if err != nil {
		b.t.Fatal(err)
	}
	return o
}

func TestPairing(t *testing.T) {
	b := start(t)
	o := b.offer(booth)
	if len(o.Code) != 9 || o.Code[4] != '-' || strings.Trim(o.Code, codeLetters) != "-" && strings.Trim(o.Code, codeLetters+"-") != "" {
		t.Errorf("a code is %q", o.Code)
	}
	typed := strings.ToLower(strings.ReplaceAll(o.Code, "-", " "))
	token, device, err := b.Pair(typed, "192.0.2.9:1234")
	if err != nil || device.Kind != Booth || device.Room != "R1" || device.Seat != "S1" || device.By != 1 || device.From != "192.0.2.9" {
		t.Fatalf("pair: %+v %v", device, err)
	}
	if _, _, err := b.Pair(o.Code, "192.0.2.9"); !errors.Is(err, ErrCode) {
		t.Errorf("a used code gives %v", err)
	}
	b.reopen(cheap)
	who := b.who(token)
	if who.Kind != ByDevice || who.Role != "" || who.ID != 0 || who.Device.ID != device.ID || who.Device.Credential != who.Credential {
		t.Errorf("a device is %+v", who)
	}
	moved, err := b.MoveDevice(device.ID, "bilik 2", "R1", "S2")
	if err != nil || moved.Seat != "S2" || !ended(who) || b.who(token).Device.Seat != "S2" {
		t.Errorf("moved: %+v %v", moved, err)
	}
	if all := b.Devices(); len(all) != 1 || all[0].Name != "bilik 2" || all[0].Seen != noon {
		t.Errorf("devices: %+v", all)
	}
	who = b.who(token)
	if err := b.RevokeDevice(device.ID); err != nil || !ended(who) {
		t.Errorf("revoke: %v", err)
	}
	b.gone("revoked", token)
	if strings.Contains(b.bytes(), token) || strings.Contains(b.bytes(), "bilik 2") {
		t.Error("the file holds the token, or the revoked device")
	}
	if err := b.RevokeDevice(device.ID); !errors.Is(err, ErrUnknown) {
		t.Errorf("revoking twice gives %v", err)
	}
	if _, err := b.MoveDevice(device.ID, "x", "", ""); !errors.Is(err, ErrUnknown) {
		t.Errorf("moving nothing gives %v", err)
	}
}

func TestADeviceLastsHalfAYear(t *testing.T) {
	b := start(t)
	token, device, err := b.Pair(b.offer(DeviceSpec{Kind: Display, Name: "lobi"}).Code, "")
	if err != nil || device.Expires != noon+DeviceLife {
		t.Fatalf("pair: %+v %v", device, err)
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
	o := b.offer(booth)
	b.clock.Add(PairingLife)
	if _, _, err := b.Pair(o.Code, ""); !errors.Is(err, ErrCode) {
		t.Errorf("an old code gives %v", err)
	}
	for range maxOffers {
		b.offer(booth)
	}
	if _, err := b.OfferPairing(1, booth); !errors.Is(err, ErrTooMany) {
		t.Errorf("one offer too many gives %v", err)
	}
	b.clock.Add(PairingLife)
	b.offer(booth)
}

func TestGuessingCodesIsSlow(t *testing.T) {
	b := start(t)
	o := b.offer(booth)
	guess := func(place int) error {
		_, _, err := b.Pair("BBBB-BBBB", fmt.Sprintf("192.0.2.%d", place))
		return err
	}
	for place := range triesPerHour / triesPerCode {
		for range triesPerCode {
			if err := guess(place); !errors.Is(err, ErrCode) {
				t.Fatal(err)
			}
		}
		if place == 0 {
			wantThrottled(t, guess(place), PairingLife)
		}
	}
	_, _, err := b.Pair(o.Code, "198.51.100.1")
	wantThrottled(t, err, hour)
	if e := b.last(); e.Kind != PairingRefused {
		t.Errorf("the event is %+v", e)
	}
	b.clock.Add(hour)
	if _, _, err := b.Pair(b.offer(booth).Code, "192.0.2.1"); err != nil {
		t.Errorf("an hour later: %v", err)
	}
}

func TestADeviceNeedsAPlace(t *testing.T) {
	b := start(t)
	tests := []struct {
		spec        DeviceSpec
		field, code string
	}{
		{DeviceSpec{Kind: "tv", Name: "x"}, "kind", "device_kind"},
		{DeviceSpec{Kind: Display, Name: " "}, "name", "device_name"},
		{DeviceSpec{Kind: Display, Name: "x", Room: "<b>"}, "room", "device_place"},
		{DeviceSpec{Kind: Booth, Name: "x", Room: "R1"}, "seat", "device_seat"},
	}
	for _, test := range tests {
		_, err := b.OfferPairing(1, test.spec)
		wantField(t, err, test.field, test.code)
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
