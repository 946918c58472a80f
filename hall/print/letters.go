package print

// plain are the signs that our texts have and old tables have not.
var plain = map[rune]string{
	'–': "-", '—': "-", '‑': "-", '·': "-", '•': "-", '…': "...", '‘': "'", '’': "'", '“': `"`, '”': `"`, '×': "x", '≤': "<=", '≥': ">=",
	'\u00a0': " ", '\u202f': " ", '\u2009': " ",
	'à': "a", 'á': "a", 'â': "a", 'ä': "a", 'é': "e", 'è': "e", 'ê': "e", 'ë': "e", 'í': "i", 'ì': "i", 'ï': "i", 'ó': "o", 'ö': "o", 'ô': "o",
	'ú': "u", 'ü': "u", 'ñ': "n", 'ç': "c", 'É': "E", 'Ü': "U", 'Ö': "O", 'Ä': "A",
}

// cp1252 are the signs that Windows' table has where Latin-1 has none.
var cp1252 = map[rune]byte{'€': 0x80, '…': 0x85, '‘': 0x91, '’': 0x92, '“': 0x93, '”': 0x94, '•': 0x95, '–': 0x96, '—': 0x97}

// letters writes a text in a printer's table; a sign that the table has not
// becomes its nearest plain one, and what has none a question mark, so that no
// byte of a text is ever taken for a command.
func letters(text string, page CodePage) []byte {
	out := make([]byte, 0, len(text))
	for _, r := range text {
		b, known := cp1252[r]
		switch {
		case r >= ' ' && r < 0x7f:
			out = append(out, byte(r))
		case page == WPC1252 && known:
			out = append(out, b)
		case page == WPC1252 && r > 0xa0 && r <= 0xff:
			out = append(out, byte(r))
		case plain[r] != "":
			out = append(out, plain[r]...)
		default:
			out = append(out, '?')
		}
	}
	return out
}
