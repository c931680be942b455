package builtin

import "strings"

// set is a setter of the URL class (URL Standard, 6.1). A value that cannot be
// leaves the URL as it was, as far as it goes.
func (u *webURL) set(member, value string) {
	switch member {
	case "protocol":
		u.change(member, value+":", (*urlParser).schemeStart)
	case "username":
		if !u.plain() {
			u.username = percentEncodeAll(value, userinfoSet)
		}
	case "password":
		if !u.plain() {
			u.password = percentEncodeAll(value, userinfoSet)
		}
	case "host", "hostname":
		if u.opaque == nil {
			u.change(member, value, (*urlParser).hostState)
		}
	case "port":
		u.setPort(value)
	case "pathname":
		if u.opaque == nil {
			u.path = nil
			u.change(member, value, (*urlParser).pathStart)
		}
	case "search":
		u.query = nil
		if value != "" {
			u.query = empty()
			u.change(member, strings.TrimPrefix(value, "?"), (*urlParser).queryState)
		}
	case "hash":
		u.fragment = nil
		if value != "" {
			u.fragment = empty()
			u.change(member, strings.TrimPrefix(value, "#"), (*urlParser).fragment)
		}
	}
}

func (u *webURL) setPort(value string) {
	switch {
	case u.plain():
	case value == "":
		u.port = -1
	default:
		u.change("port", value, (*urlParser).portState)
	}
}

// change runs the parser from a state. What it cannot take is ignored.
func (u *webURL) change(member, value string, from urlState) {
	p := newURLParser(value, u, from)
	p.override = member
	p.run()
}
