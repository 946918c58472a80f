package scheduler

import (
	"bufio"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// receivers lists the types that have a method of the name.
func receivers(files map[string]*ast.File, method string) []string {
	var names []string
	for _, file := range files {
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok || f.Recv == nil || f.Name.Name != method {
				continue
			}
			if name, ok := f.Recv.List[0].Type.(*ast.Ident); ok {
				names = append(names, name.Name)
			}
		}
	}
	slices.Sort(names)
	return names
}

// root is the module, seen from this package.
const root = ".."

// sourceFile is one parsed file of the module.
type sourceFile struct {
	path    string // from the module's root
	pkg     string // folder, the package's import path without the module
	test    bool
	ast     *ast.File
	imports []string
	set     *token.FileSet
}

// module parses every Go file of the module.
func module(t *testing.T) []sourceFile {
	t.Helper()
	var list []sourceFile
	set := token.NewFileSet()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || d.Name() == "vendor" || (strings.HasPrefix(d.Name(), ".") && path != root)) {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") {
			return nil
		}
		file, err := parser.ParseFile(set, path, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		s := sourceFile{path: filepath.ToSlash(rel), ast: file, test: strings.HasSuffix(path, "_test.go"), set: set}
		s.pkg = strings.TrimSuffix(s.path, "/"+d.Name())
		for _, i := range file.Imports {
			s.imports = append(s.imports, strings.Trim(i.Path.Value, `"`))
		}
		list = append(list, s)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(list) < 50 {
		t.Fatalf("only %d files were found: the guard looks in the wrong place", len(list))
	}
	return list
}

// pure is what the rules may use of the standard library, and why each part
// cannot make two runs differ.
var pure = map[string]string{
	"bytes": "values", "cmp": "values", "errors": "values", "fmt": "words of refusals", "slices": "values", "sort": "values", "strings": "values",
	"strconv": "values", "math": "whole numbers only, a test holds that", "math/bits": "sets of seats", "math/big": "exact fractions of a survey", "reflect": "the kinds of events, in wire.go, and the fields of a document",
	"encoding/json": "the wire format; maps are written in order of their keys", "encoding/hex": "fingerprints", "crypto/sha256": "fingerprints",
	"crypto/hmac": "the draw and its proof", "encoding/binary": "fingerprints and draws", "unicode/utf8": "checks of text", "container/heap": "values",
	"iter": "values", "maps": "only with sorted keys",
}

// arrow is one rule of who may import what.
type arrow struct {
	what  string                     // the import, a folder of the module or a library
	where func(file sourceFile) bool // who may
	why   string
}

func only(places ...string) func(sourceFile) bool {
	return func(f sourceFile) bool {
		return slices.ContainsFunc(places, func(p string) bool { return f.pkg == p || f.path == p })
	}
}

// arrows are the import rules of the whole module. What is not named here may
// be imported by anybody, tests excepted from the rules about libraries.
var arrows = []arrow{
	{"github.com/labstack/echo", only("hall/web"), "one package speaks HTTP routes; another router would change one folder"},
	{"github.com/gorilla/websocket", only("hall/board"), "one package speaks websockets"},
	{"github.com/robfig/cron", only("hall/clock.go"), "daily work is started in one file; everything else is NextWake"},
	{"go.etcd.io/bbolt", only("hall/journal", "hall/people", "hall/access"), "three files on disk, three packages that own them"},
	{"github.com/xuri/excelize", only(), "workbooks are written by hall/sheets; excelize checks them in its tests"},
	{"github.com/spf13/cobra", only("cmd/lapak"), "the command line is the outermost ring"},
	{"lapak/cmd", only(), "cmd wires everything; nothing looks back at it"},
	{"lapak/hall/web", only("cmd/lapak", "cmd/lapak/demo"), "the web is the outer ring of the hall"},
	{"lapak/hall/journal", only("cmd/lapak", "cmd/lapak/backup", "hall/web"), "the hall sees its journal through an interface of its own"},
	{"lapak/hall/people", only("cmd/lapak", "cmd/lapak/backup", "cmd/lapak/demo", "hall/web"), "names are kept apart from everything that is journalled"},
	{"lapak/hall/access", only("cmd/lapak", "hall/web"), "accounts are kept apart from the rules"},
	{"lapak/hall/board", only("cmd/lapak", "hall/web"), "the hall sees its boards through an interface of its own"},
	{"lapak/hall/outlook", only("cmd/lapak", "hall/web"), "the outlook works beside the branch; the hall does not know of it"},
	{"lapak/hall/ledger", only("cmd/lapak", "hall/web"), "reports work beside the branch; the hall does not know of them"},
	{"lapak/hall/sheets", only("cmd/lapak", "hall/web"), "packages under hall do not know each other"},
	{"lapak/hall/study", only("cmd/lapak", "hall/web"), "what-if works beside the branch; the hall does not know of it"},
	{"lapak/hall/media", only("cmd/lapak", "cmd/lapak/backup", "hall/web"), "pictures and sounds are kept beside the branch; the hall does not know of them"},
	{"lapak/hall/print", only("cmd/lapak", "hall/web"), "packages under hall do not know each other"},
	{"lapak/ui", only("cmd/lapak", "hall/web", "ui"), "the screens are served by the web alone"},
}

func TestImportsGoOneWay(t *testing.T) {
	for _, file := range module(t) {
		for _, path := range file.imports {
			for _, a := range arrows {
				hit := path == a.what || strings.HasPrefix(path, a.what+"/")
				own := strings.TrimPrefix(a.what, "lapak/") == file.pkg || strings.HasPrefix(file.pkg, strings.TrimPrefix(a.what, "lapak/")+"/")
				if hit && !own && !file.test && !a.where(file) {
					t.Errorf("%s imports %s: %s", file.path, path, a.why)
				}
			}
			if why := innerRing(file, path); why != "" {
				t.Errorf("%s imports %s: %s", file.path, path, why)
			}
		}
	}
}

// innerRing holds what the rules, the people and the access may import.
func innerRing(file sourceFile, path string) string {
	local, inModule := strings.CutPrefix(path, "lapak/")
	rules := file.pkg == "scheduler" || strings.HasPrefix(file.pkg, "scheduler/")
	switch {
	case rules && inModule && local != "scheduler" && !strings.HasPrefix(local, "scheduler/"):
		return "the rules know nothing of the hall, the screens and the network"
	case file.test:
		return ""
	case file.pkg == "scheduler" && inModule && (strings.HasPrefix(local+"/", "scheduler/forecast/") || local == "scheduler/simulation" || strings.HasPrefix(local+"/", "scheduler/rehearsal/")):
		return "the rules are driven by the rehearsal; they do not drive it"
	case rules && !inModule && pure[path] == "":
		return "the rules use pure parts of the standard library only; see the list in guard_test.go"
	case rules && !inModule && strings.Contains(strings.Split(path, "/")[0], "."):
		return "the rules use no library"
	case (file.pkg == "hall/people" || file.pkg == "hall/access" || file.pkg == "hall/journal") && rules != inModule && strings.HasPrefix(local, "scheduler"):
		return "people, access and journal keep bytes and names; they know no types of the rules"
	}
	return ""
}

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	said, first := map[string]bool{}, map[string]string{}
	for _, file := range module(t) {
		if file.test {
			continue
		}
		first[file.pkg] = file.path
		if filepath.Base(file.path) == "doc.go" && file.ast.Doc != nil && len(file.ast.Doc.Text()) > 60 {
			said[file.pkg] = true
		}
	}
	for pkg := range first {
		if !said[pkg] {
			t.Errorf("%s has no doc.go that says what the package owns, promises and must never import", pkg)
		}
	}
}

func TestFilesAndFunctionsStayShort(t *testing.T) {
	const maxLines, maxFunction = 600, 70
	for _, file := range module(t) {
		if n := countLines(t, file.path); n >= maxLines {
			t.Errorf("%s has %d lines; %d is the limit", file.path, n, maxLines)
		}
		for _, decl := range file.ast.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok || f.Body == nil || (file.test && strings.HasPrefix(f.Name.Name, "Test")) {
				continue // a test may be a long table
			}
			if n := file.set.Position(f.End()).Line - file.set.Position(f.Pos()).Line + 1; n >= maxFunction {
				t.Errorf("%s: %s has %d lines; %d is the limit", file.path, f.Name.Name, n, maxFunction)
			}
		}
	}
}

// crowded are the packages over the limit, how far each may go, and why it is one.
var crowded = map[string]struct {
	lines int
	why   string
}{
	"scheduler":               {11300, "the rules decide on one state, and what only reads it has moved out"},
	"hall/web":                {9700, "every handler has the same call; a part of its own would need all of it exported"},
	"scheduler/forecast/twin": {3700, "the compiled floor is read in the innermost loops of the paths"},
}

func TestPackagesStaySmall(t *testing.T) {
	const most = 3000
	size := map[string]int{}
	for _, file := range module(t) {
		if !file.test {
			size[file.pkg] += countLines(t, file.path)
		}
	}
	for pkg, n := range size {
		limit := most
		if c, ok := crowded[pkg]; ok {
			limit = c.lines
			if n <= most {
				t.Errorf("%s has %d lines and needs no exception", pkg, n)
			}
		}
		if n > limit {
			t.Errorf("%s has %d lines; %d is the limit: find the seam and split it", pkg, n, limit)
		}
	}
	for pkg := range crowded {
		if size[pkg] == 0 {
			t.Errorf("%s is excepted and not there", pkg)
		}
	}
}

func countLines(t *testing.T, path string) int {
	t.Helper()
	f, err := os.Open(filepath.Join(root, filepath.FromSlash(path)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	n := 0
	for lines := bufio.NewScanner(f); lines.Scan(); {
		n++
	}
	return n
}

// deciding are the folders where equal inputs must give equal outputs.
var deciding = []string{"scheduler", "scheduler/seating", "scheduler/seating/packing", "scheduler/procedure", "scheduler/calendar", "scheduler/forecast", "scheduler/forecast/twin", "scheduler/forecast/luck"}

// orderless are the functions that walk a map where its order cannot show.
var orderless = map[string]string{
	"(*Seen).merge": "builds another map", "(*Seen).add": "copies a map", "Seen.List": "sorts what it found",
}

// TestTheRulesAreAFunction looks for everything by which two runs could differ:
// goroutines, channels, maps walked in their order, fractions.
func TestTheRulesAreAFunction(t *testing.T) {
	for _, file := range module(t) {
		if file.test || !slices.Contains(deciding, file.pkg) {
			continue
		}
		mapNames := namesOfMaps(file.ast)
		for _, decl := range file.ast.Decls {
			owner := ""
			if f, ok := decl.(*ast.FuncDecl); ok {
				owner = ownerOf(f)
			}
			ast.Inspect(decl, func(n ast.Node) bool {
				if what := impure(n, mapNames); what != "" && !(what == mapWalk && orderless[owner] != "") {
					t.Errorf("%s: %s has %s", file.set.Position(n.Pos()), owner, what)
				}
				return true
			})
		}
	}
}

const mapWalk = "a range over a map, whose order differs from run to run"

func impure(n ast.Node, mapNames map[string]bool) string {
	switch n := n.(type) {
	case *ast.GoStmt:
		return "a goroutine"
	case *ast.SelectStmt, *ast.ChanType, *ast.SendStmt:
		return "a channel"
	case *ast.BasicLit:
		if n.Kind == token.FLOAT || n.Kind == token.IMAG {
			return "a fraction " + n.Value
		}
	case *ast.Ident:
		if n.Name == "float64" || n.Name == "float32" || n.Name == "complex128" {
			return "a " + n.Name
		}
	case *ast.RangeStmt:
		over := n.X
		if index, ok := over.(*ast.IndexExpr); ok {
			over = index.X
		}
		name := ""
		switch x := over.(type) {
		case *ast.Ident:
			name = x.Name
		case *ast.SelectorExpr:
			name = x.Sel.Name
		case *ast.CompositeLit:
			if _, ok := x.Type.(*ast.MapType); ok {
				return mapWalk
			}
		}
		if mapNames[name] {
			return mapWalk
		}
	}
	return ""
}

// namesOfMaps are the variables, fields and ranged values of a file whose type
// is, or holds, a map; a name is enough, since the rules have few.
func namesOfMaps(file *ast.File) map[string]bool {
	names := map[string]bool{}
	isMap := func(e ast.Expr) bool {
		found := false
		if e != nil {
			ast.Inspect(e, func(n ast.Node) bool {
				if _, ok := n.(*ast.MapType); ok {
					found = true
				}
				return !found
			})
		}
		return found
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Field:
			for _, name := range n.Names {
				names[name.Name] = names[name.Name] || isMap(n.Type)
			}
		case *ast.ValueSpec:
			for i, name := range n.Names {
				names[name.Name] = names[name.Name] || isMap(n.Type) || (i < len(n.Values) && isMap(n.Values[i]))
			}
		case *ast.AssignStmt:
			for i, left := range n.Lhs {
				if name, ok := left.(*ast.Ident); ok && i < len(n.Rhs) {
					names[name.Name] = names[name.Name] || isMap(n.Rhs[i])
				}
			}
		case *ast.RangeStmt: // what a list of maps holds is a map
			if x, ok := n.X.(*ast.SelectorExpr); ok && names[x.Sel.Name] {
				if value, ok := n.Value.(*ast.Ident); ok {
					names[value.Name] = true
				}
			}
		}
		return true
	})
	return names
}

func ownerOf(f *ast.FuncDecl) string {
	if f.Recv == nil {
		return f.Name.Name
	}
	switch r := f.Recv.List[0].Type.(type) {
	case *ast.StarExpr:
		return fmt.Sprintf("(*%s).%s", r.X, f.Name.Name)
	default:
		return fmt.Sprintf("%s.%s", r, f.Name.Name)
	}
}
