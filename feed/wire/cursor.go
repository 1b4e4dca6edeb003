package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

var (
	errDepth  = fmt.Errorf("lists and objects nest more than %d deep", MaxDepth)
	errFields = fmt.Errorf("there are more than %d fields", MaxFields)
	errObject = errors.New(`a record is a JSON object, as {"v":1,"t":"k","ts":1743191999900000000}`)
)

// member is one field of a line.
type member struct {
	name  []byte
	value value
}

// members are the fields of a line, into list. Whether the line is JSON the
// standard library decides; what follows walks through what is known to be valid.
func members(line []byte, list []member) ([]member, error) {
	if !json.Valid(line) {
		return nil, invalid(line)
	}
	c := cursor{text: line}
	c.skipSpace()
	if c.text[c.at] != '{' {
		return nil, errObject
	}
	c.at++
	for c.skipSpace(); c.text[c.at] != '}'; c.next() {
		m, err := c.member()
		if err != nil {
			return nil, err
		}
		for i := range list {
			if bytes.Equal(list[i].name, m.name) {
				return nil, fmt.Errorf("%s is there twice", shown(m.name))
			}
		}
		if len(list) == MaxFields {
			return nil, errFields
		}
		list = append(list, m)
	}
	return list, nil
}

// invalid says where a line stops being JSON.
func invalid(line []byte) error {
	var whole json.RawMessage
	err := json.Unmarshal(line, &whole)
	if syntax := new(json.SyntaxError); errors.As(err, &syntax) {
		return fmt.Errorf("column %d is not JSON: %w", syntax.Offset, err)
	}
	return fmt.Errorf("the line is not JSON: %w", err)
}

// cursor walks through valid JSON.
type cursor struct {
	text []byte
	at   int
}

// skipSpace goes to what is no white space.
func (c *cursor) skipSpace() {
	for {
		switch c.text[c.at] {
		case ' ', '\t', '\r', '\n':
			c.at++
		default:
			return
		}
	}
}

// next goes to the next entry of a list or an object, or to its end.
func (c *cursor) next() {
	c.skipSpace()
	if c.text[c.at] == ',' {
		c.at++
		c.skipSpace()
	}
}

// member reads a name and its value.
func (c *cursor) member() (member, error) {
	name, err := c.value()
	if err != nil {
		return member{}, err
	}
	text := name[1 : len(name)-1]
	if bytes.IndexByte(text, '\\') >= 0 {
		plain, err := name.unquote()
		if err != nil {
			return member{}, err
		}
		text = []byte(plain)
	}
	c.skipSpace()
	c.at++ // the colon
	c.skipSpace()
	v, err := c.value()
	return member{text, v}, err
}

// value reads a value and goes behind it.
func (c *cursor) value() (value, error) {
	start, depth := c.at, 1 // the record itself is the first level
	for {
		switch c.text[c.at] {
		case '"':
			c.skipString()
		case '{', '[':
			if depth++; depth > MaxDepth {
				return nil, errDepth
			}
			c.at++
		case '}', ']':
			depth--
			c.at++
		case ',', ':', ' ', '\t', '\r', '\n':
			c.at++ // within a list or an object
		default:
			c.skipPlain()
		}
		if depth == 1 {
			return value(c.text[start:c.at]), nil
		}
	}
}

// skipString goes behind a string.
func (c *cursor) skipString() {
	for c.at++; c.text[c.at] != '"'; c.at++ {
		if c.text[c.at] == '\\' {
			c.at++
		}
	}
	c.at++
}

// skipPlain goes behind a number, true, false or null.
func (c *cursor) skipPlain() {
	end := bytes.IndexAny(c.text[c.at:], ",]} \t\r\n")
	if end < 0 {
		end = len(c.text) - c.at
	}
	c.at += end
}
