package ui

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// Word is one entry of the catalogue: the same thing said in both languages.
type Word struct {
	Indonesian string
	English    string
}

// A file of words is a script with one statement, so that a browser can import it
// and this package can read it as JSON. The text before the JSON is fixed.
const (
	wordsOpen  = "export const words = "
	wordsClose = ";"
)

// serversOwn are the keys whose English is the sentence that the server sends along:
// written twice, the two would come to say different things.
const serversOwn = "refusal."

// Words returns the whole catalogue by key: the words of lib and of every screen.
// It reports an error that names the file and the key when a file is not in the
// agreed form, a language is missing, or two files define one key.
func (s *Screens) Words() (map[string]Word, error) {
	names, err := fileNames(s.files)
	if err != nil {
		return nil, fmt.Errorf("ui: list the words: %w", err)
	}
	catalogue := make(map[string]Word)
	from := make(map[string]string)
	for _, name := range names {
		if !IsWordsFile(name) {
			continue
		}
		content, err := fs.ReadFile(s.files, name)
		if err != nil {
			return nil, fmt.Errorf("ui: read the words: %w", err)
		}
		words, err := parseWords(content)
		if err != nil {
			return nil, fmt.Errorf("ui: %s: %w", name, err)
		}
		for key, word := range words {
			if other, ok := from[key]; ok {
				return nil, fmt.Errorf("ui: %s: %q is defined in %s already: one word has one place", name, key, other)
			}
			from[key] = name
			catalogue[key] = word
		}
	}
	return catalogue, nil
}

// IsWordsFile reports whether a file holds words: words.js, or words-SUBJECT.js
// where a folder splits its words so that a small screen need not load them all.
func IsWordsFile(name string) bool {
	file := path.Base(name)
	return file == "words.js" || strings.HasPrefix(file, "words-") && strings.HasSuffix(file, ".js")
}

// parseWords reads one file of words.
func parseWords(content []byte) (map[string]Word, error) {
	start := bytes.Index(content, []byte(wordsOpen))
	if start < 0 {
		return nil, fmt.Errorf("want a line that begins %q and the JSON after it", wordsOpen)
	}
	text := bytes.TrimSpace(content[start+len(wordsOpen):])
	text, ok := bytes.CutSuffix(text, []byte(wordsClose))
	if !ok {
		return nil, fmt.Errorf("want %q after the JSON and nothing behind it", wordsClose)
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	if token, err := decoder.Token(); err != nil || token != json.Delim('{') {
		return nil, fmt.Errorf("want a JSON object of key: [Indonesian, English]")
	}
	words := make(map[string]Word)
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return nil, err
		}
		key, ok := token.(string)
		if !ok {
			return nil, fmt.Errorf("a key must be text, got %v", token)
		}
		var pair []string
		if err := decoder.Decode(&pair); err != nil {
			return nil, fmt.Errorf("%q: want [Indonesian, English]: %w", key, err)
		}
		if len(pair) == 1 && strings.HasPrefix(key, serversOwn) {
			pair = append(pair, "")
		} else if len(pair) != 2 || strings.TrimSpace(pair[1]) == "" {
			return nil, fmt.Errorf("%q: want [Indonesian, English], both with text", key)
		}
		if strings.TrimSpace(pair[0]) == "" {
			return nil, fmt.Errorf("%q: want [Indonesian, English], both with text", key)
		}
		// The standard decoder lets the last of two equal keys win in silence.
		if _, twice := words[key]; twice {
			return nil, fmt.Errorf("%q is defined twice", key)
		}
		words[key] = Word{Indonesian: pair[0], English: pair[1]}
	}
	return words, nil
}
