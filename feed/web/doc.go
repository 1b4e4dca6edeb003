// Package web asks vendors over HTTP. A client belongs to one host: it asks no
// other, sends its credentials to no other, and follows no redirect to another.
// Answers are bounded in size and depth, errors are of few kinds and never hold
// a key or a query, and no host is asked more often than it allows.
package web
