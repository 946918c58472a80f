package scheduler

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// sources parses the package's own files without its tests.
func sources(t *testing.T) (*token.FileSet, map[string]*ast.File) {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	set, files := token.NewFileSet(), map[string]*ast.File{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(set, name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = file
	}
	return set, files
}

// codeArgument is which argument of a refusal's maker is the code.
var codeArgument = map[string]int{"conflict": 0, "forbidden": 0, "invalid": 1, "unknown": 1}

// TestEveryCodeIsListed holds RefusalCodes and WhyCodes to the source, because
// the screens' catalogue is held to them.
func TestEveryCodeIsListed(t *testing.T) {
	set, files := sources(t)
	var refusals, whys []string
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				f, ok := n.Fun.(*ast.Ident)
				if !ok {
					return true
				}
				at, ok := codeArgument[f.Name]
				if !ok {
					return true
				}
				code, ok := n.Args[at].(*ast.BasicLit)
				if !ok {
					t.Errorf("%s: the code of a refusal is written out, so that it can be found", set.Position(n.Pos()))
					return true
				}
				text, _ := strconv.Unquote(code.Value)
				if f.Name == "unknown" {
					text = "unknown_" + text
				}
				refusals = append(refusals, text)
			case *ast.ValueSpec:
				if typ, ok := n.Type.(*ast.Ident); ok && typ.Name == "WhyCode" {
					for _, v := range n.Values {
						text, _ := strconv.Unquote(v.(*ast.BasicLit).Value)
						whys = append(whys, text)
					}
				}
			}
			return true
		})
	}
	for _, list := range [][2][]string{{refusals, RefusalCodes()}, {whys, whyTexts()}} {
		slices.Sort(list[0])
		if found := slices.Compact(list[0]); !slices.Equal(found, list[1]) {
			t.Errorf("the list must be\n\t\"%s\"", strings.Join(found, `", "`))
		}
	}
}

func whyTexts() []string {
	var list []string
	for _, c := range WhyCodes() {
		list = append(list, string(c))
	}
	return list
}

// TestEveryRefusalIsMet holds that each refusal is met by a story or a test.
func TestEveryRefusalIsMet(t *testing.T) {
	var told strings.Builder
	for _, pattern := range []string{"testdata/stories/*.txt", "*_test.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if file == "codes_test.go" {
				continue
			}
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			told.Write(b)
		}
	}
	for _, code := range RefusalCodes() {
		if !strings.Contains(told.String(), code) {
			t.Errorf("no story and no test meets the refusal %s", code)
		}
	}
}

// refusedWith is the refusal that a command gets.
func refusedWith(t *testing.T, s *State, now Time, by Actor, c Command) *Refusal {
	t.Helper()
	_, err := Decide(s, Stamp{At: now}, Order{By: by, Command: c})
	var no *Refusal
	if !errors.As(err, &no) {
		t.Fatalf("%T %+v: %v, want a refusal", c, c, err)
	}
	return no
}
