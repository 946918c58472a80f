package document

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
)

// Source is a value that reads itself: one whose fields depend on each other, or that is written otherwise than
// it is kept.
type Source interface {
	ReadDocument(r *Reader, path string) error
}

// maxEntries bounds an object whose names are free, as the parties of a day are; each name is compared with those
// before it.
const maxEntries = 200

// Into reads one object into the struct that to points to, by the names in its json tags, letter by letter. What
// is missing, or null, keeps the value that it has; a list or a map that is given replaces the whole, and null
// makes it empty. The error is a *FieldError.
func Into(text []byte, to any) error {
	v := reflect.ValueOf(to).Elem()
	return Read(text, func(r *Reader, name, path string) error { return r.member(v, name, path) })
}

// Value reads the next value into what to points to, as Into does.
func (r *Reader) Value(path string, to any) error { return r.value(path, reflect.ValueOf(to).Elem()) }

// Member reads the value of one field of the struct that to points to. It refuses a name that the struct does
// not have.
func (r *Reader) Member(to any, name, path string) error {
	return r.member(reflect.ValueOf(to).Elem(), name, path)
}

func (r *Reader) member(v reflect.Value, name, path string) error {
	at := find(v, name)
	if !at.IsValid() {
		return Unknown(path)
	}
	return r.value(path, at)
}

// find is the field of a struct that JSON calls so, also in the structs inside it that have no name of their own.
func find(v reflect.Value, name string) reflect.Value {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && tag == "" && f.Type.Kind() == reflect.Struct:
			if inner := find(v.Field(i), name); inner.IsValid() {
				return inner
			}
		case !f.IsExported() || tag == "-":
		case tag == name && name != "", tag == "" && f.Name == name:
			return v.Field(i)
		}
	}
	return reflect.Value{}
}

func (r *Reader) value(path string, v reflect.Value) error {
	switch to := v.Addr().Interface().(type) {
	case Source:
		return to.ReadDocument(r, path)
	case *json.RawMessage:
		return r.Raw(path, to)
	case interface{ UnmarshalText(text []byte) error }:
		text, err := r.text(path)
		if err != nil || r.wasNull {
			return err
		}
		if err := to.UnmarshalText([]byte(text)); err != nil {
			return Wrong(path, "%v", err)
		}
		return nil
	}
	switch v.Kind() {
	case reflect.Pointer:
		inner := reflect.New(v.Type().Elem())
		r.optional = inner.Elem().Kind() == reflect.Struct
		err := r.value(path, inner.Elem())
		r.optional = false
		if err == nil && !r.wasNull {
			v.Set(inner)
		}
		return err
	case reflect.Struct:
		return r.Object(path, func(name, path string) error { return r.member(v, name, path) })
	case reflect.Slice:
		if v.Type().Elem() == reflect.TypeFor[int]() {
			return r.wholes(path, v)
		}
		return r.list(path, v)
	case reflect.Map:
		return r.entries(path, v)
	}
	return r.scalar(path, v)
}

// wholes reads a list of whole numbers in one go, because traces are long; token by token it takes three times as
// long (BenchmarkWholes). Only a list that is wrong is walked, to name what is wrong in it.
func (r *Reader) wholes(path string, v reflect.Value) error {
	var raw json.RawMessage
	if err := r.Raw(path, &raw); err != nil {
		return err
	}
	if r.wasNull {
		v.SetZero()
		return nil
	}
	var list []int
	if json.Unmarshal(raw, &list) == nil && len(list) <= maxItems {
		v.Set(reflect.ValueOf(list).Convert(v.Type()))
		return nil
	}
	walk := &Reader{dec: json.NewDecoder(bytes.NewReader(raw)), depth: r.depth}
	walk.dec.UseNumber()
	return walk.list(path, v)
}

func (r *Reader) list(path string, v reflect.Value) error {
	list := reflect.MakeSlice(v.Type(), 0, 0)
	item := reflect.New(v.Type().Elem()).Elem()
	err := r.List(path, maxItems, func(path string) error {
		item.SetZero()
		err := r.value(path, item)
		list = reflect.Append(list, item)
		return err
	})
	if r.wasNull {
		list = reflect.Zero(v.Type())
	}
	v.Set(list)
	return err
}

func (r *Reader) entries(path string, v reflect.Value) error {
	all := reflect.MakeMap(v.Type())
	err := r.Object(path, func(name, path string) error {
		if all.Len() >= maxEntries {
			return Wrong(path, "one name too many; at most %d are possible", maxEntries)
		}
		value := reflect.New(v.Type().Elem()).Elem()
		err := r.value(path, value)
		all.SetMapIndex(reflect.ValueOf(name), value)
		return err
	})
	v.Set(all)
	return err
}

// scalar reads a number, a text, or true or false.
func (r *Reader) scalar(path string, v reflect.Value) error {
	switch kind := v.Kind(); {
	case kind == reflect.String:
		text, err := r.text(path)
		if err == nil && !r.wasNull {
			v.SetString(text)
		}
		return err
	case kind == reflect.Bool:
		flag := v.Bool()
		err := r.Flag(path, &flag)
		v.SetBool(flag)
		return err
	case v.CanInt():
		n, err := r.number(path, "a whole number")
		if err != nil || r.wasNull {
			return err
		}
		whole, err := strconv.ParseInt(n, 10, v.Type().Bits())
		v.SetInt(whole)
		return inRange(path, n, err, int64(-1)<<(v.Type().Bits()-1), uint64(1)<<(v.Type().Bits()-1)-1)
	case v.CanUint():
		n, err := r.number(path, "a whole number")
		if err != nil || r.wasNull {
			return err
		}
		whole, err := strconv.ParseUint(n, 10, v.Type().Bits())
		v.SetUint(whole)
		return inRange(path, n, err, 0, uint64(1)<<(v.Type().Bits()-1)*2-1)
	case v.CanFloat():
		n, err := r.number(path, "a number")
		if err != nil || r.wasNull {
			return err
		}
		x, err := strconv.ParseFloat(n, v.Type().Bits())
		v.SetFloat(x)
		if err != nil {
			return Wrong(path, "%.40s is too large a number", n)
		}
		return nil
	}
	panic("document: a " + v.Type().String() + " cannot be read") // of the program, whatever the document says
}

// inRange says why a number could not be read as a whole one.
func inRange(path, n string, err error, low int64, top uint64) error {
	switch {
	case err == nil:
		return nil
	case strings.ContainsAny(n, ".eE"):
		return Wrong(path, "%.40s is no whole number; write it in digits, without point or exponent", n)
	}
	return Wrong(path, "%.40s is outside %d to %d", n, low, top)
}

// Raw keeps the next value as it is written; it is one JSON value and not checked further.
func (r *Reader) Raw(path string, to *json.RawMessage) error {
	var raw json.RawMessage
	if err := r.dec.Decode(&raw); err != nil {
		return notJSON(path, err)
	}
	r.wasNull = string(raw) == "null"
	if !r.wasNull {
		*to = raw
	}
	return nil
}
