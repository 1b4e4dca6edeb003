// Package stream keeps one websocket to a vendor open: it dials, lets the
// adapter log in and subscribe, hands over whole messages, finds out when the
// other side has gone, and dials again with growing pauses. What a message
// means is the adapter's business.
package stream
