// Package certtest makes self-signed certificates for the tests of whoever serves
// over HTTPS. It owns nothing and is imported by tests only.
package certtest
