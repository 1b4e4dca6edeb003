package wire

import (
	"bytes"
	"errors"
	"fmt"

	"gyre/model"
)

// Codec reads and writes records. It never changes and serves any number of
// goroutines.
type Codec struct{ layouts map[Type]layout }

// New is a Codec.
func New() *Codec { return &Codec{layouts: layouts()} }

// Decode reads one line, without its end. The error says in one sentence what
// is wrong with it; then the record means nothing.
func (c *Codec) Decode(line []byte) (Record, error) {
	var r Record
	err := c.DecodeInto(&r, line)
	return r, err
}

// DecodeInto is Decode into a record that the caller has, of which nothing
// stays. A feed that tells a great deal uses one record for all its lines.
func (c *Codec) DecodeInto(r *Record, line []byte) error {
	*r = Record{}
	if len(line) > MaxLine {
		return ErrTooLong
	}
	var room [24]member
	fields, err := members(line, room[:0])
	if err != nil {
		return err
	}
	if r.Type, err = kindOf(fields); err != nil {
		return err
	}
	l, ok := c.layouts[r.Type]
	if !ok {
		return unknownType(string(r.Type))
	}
	var there uint64
	for i := range fields {
		k, ok := l.byName[string(fields[i].name)]
		if !ok {
			continue
		}
		if err := l.fields[k].read(r, fields[i].value); err != nil {
			return fmt.Errorf("%s %w", l.fields[k].name, err)
		}
		there |= 1 << k
	}
	if r.Type == Action && r.Kind == 0 {
		r.Kind = model.ActionSplit
	}
	return l.check(r, there)
}

// kindOf is the type of a record of a version that is understood.
func kindOf(fields []member) (Type, error) {
	var version, kind value
	for i := range fields {
		switch string(fields[i].name) {
		case "v":
			version = fields[i].value
		case "t":
			kind = fields[i].value
		}
	}
	switch {
	case version == nil:
		return 0, errors.New(`v is missing; this version of gyre reads records with "v":1`)
	case !bytes.Equal(version, []byte("1")):
		return 0, fmt.Errorf(`v is %s; this version of gyre reads records with "v":1`, shown(version))
	case kind == nil:
		return 0, errors.New("t, the type of the record, is missing")
	}
	name, err := kind.unquote()
	switch {
	case err != nil:
		return 0, fmt.Errorf("t %w", err)
	case len(name) != 1:
		return 0, unknownType(name)
	}
	return Type(name[0]), nil
}

func unknownType(name string) error {
	return fmt.Errorf("t is %s; the types of record are q, x, h, c, r, e, f, k, i and o", shown([]byte(name)))
}

// Append writes a record as one line, without its end, behind b. A record that
// Decode would refuse is refused.
func (c *Codec) Append(b []byte, r *Record) ([]byte, error) {
	l, ok := c.layouts[r.Type]
	if !ok {
		return b, unknownType(string(r.Type))
	}
	whole := len(b)
	b = append(b, `{"v":1,"t":"`...)
	b = append(b, byte(r.Type), '"')
	var there uint64
	for i := range l.fields {
		f := &l.fields[i]
		before := len(b)
		b = append(b, ',', '"')
		b = append(b, f.name...)
		b = append(b, '"', ':')
		bare := len(b)
		var err error
		if b, err = f.write(b, r); err != nil {
			return b[:whole], fmt.Errorf("%s %w", f.name, err)
		}
		if len(b) == bare {
			b = b[:before]
			continue
		}
		there |= 1 << i
	}
	if err := l.check(r, there); err != nil {
		return b[:whole], err
	}
	return append(b, '}'), nil
}
