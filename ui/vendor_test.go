package ui_test

import (
	"crypto/sha512"
	"encoding/base64"
	"io/fs"
	"os"
	"path"
	"sort"
	"strings"
	"testing"
)

// TestVendoredFilesAreThePublishedOnes compares every vendored file with the list.
func TestVendoredFilesAreThePublishedOnes(t *testing.T) {
	vendor := os.DirFS("vendor")
	list, err := fs.ReadFile(vendor, "checksums.txt")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimRight(string(list), "\n"), "\n")
	want := make(map[string]string)
	var order []string
	for _, line := range lines {
		sum, name, ok := strings.Cut(line, "  ")
		if !ok {
			t.Fatalf("checksums.txt: %q is not of the form \"sha384-BASE64  PATH\"", line)
		}
		want[name] = sum
		order = append(order, name)
	}
	if !sort.StringsAreSorted(order) {
		t.Error("checksums.txt is not sorted by path")
	}
	seen := make(map[string]bool)
	err = fs.WalkDir(vendor, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || name == "checksums.txt" || name == "VENDOR.md" {
			return err
		}
		seen[name] = true
		content, err := fs.ReadFile(vendor, name)
		if err != nil {
			return err
		}
		sum := sha512.Sum384(content)
		if got := "sha384-" + base64.StdEncoding.EncodeToString(sum[:]); got != want[name] {
			t.Errorf("vendor/%s: is %s, checksums.txt says %q: vendored files are never edited", name, got, want[name])
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range want {
		if !seen[name] {
			t.Errorf("checksums.txt lists %s, which is not there", name)
		}
	}
}

func TestEveryVendoredLibraryIsDescribed(t *testing.T) {
	notes, err := os.ReadFile("vendor/VENDOR.md")
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir("vendor")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if !entry.IsDir() {
			continue
		}
		if !strings.Contains(string(notes), "| "+entry.Name()+" | ") {
			t.Errorf("VENDOR.md has no row for %s", entry.Name())
		}
		if _, err := os.Stat(path.Join("vendor", entry.Name(), "LICENSE")); err != nil {
			t.Errorf("%s has no LICENSE beside it: %v", entry.Name(), err)
		}
	}
}
