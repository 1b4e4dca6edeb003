// Package store keeps history and reference data in an embedded SQLite
// database: instruments with permanent ids, memberships and facts by the date
// they were known, closes, actions, events.
package store
