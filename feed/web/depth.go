package web

// deep tells whether a body is JSON that nests more than MaxDepth deep: the
// standard decoder allows ten thousand, and answers for every one of them.
// What does not begin as an object or a list is not JSON of a vendor.
func deep(body []byte) bool {
	begun, depth := false, 0
	for i := 0; i < len(body); i++ {
		switch body[i] {
		case ' ', '\t', '\r', '\n':
		case '"':
			if !begun {
				return false
			}
			i = stringEnd(body, i)
		case '{', '[':
			begun = true
			if depth++; depth > MaxDepth {
				return true
			}
		case '}', ']':
			depth--
		default:
			if !begun {
				return false
			}
		}
	}
	return false
}

// stringEnd is the place of the quote that ends the string which begins at i.
func stringEnd(body []byte, i int) int {
	for i++; i < len(body) && body[i] != '"'; i++ {
		if body[i] == '\\' {
			i++
		}
	}
	return i
}
