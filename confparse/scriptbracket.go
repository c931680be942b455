package confparse

import "fmt"

// maxBrackets bounds the nesting of brackets in a script: engines recurse.
const maxBrackets = 1000

// bracket is one that is open.
type bracket struct {
	kind    bracketKind
	at      int // its offset; of a substitution, that of its template
	ternary int // how many '?' wait for their ':'
}

type bracketKind int

const (
	bracketBlock   bracketKind = iota // of statements, a class or a function
	bracketObject                     // of an object literal
	bracketSubst                      // of a substitution in a template
	bracketParen                      // of anything but a
	bracketControl                    // condition: of if, while, for, with
	bracketIndex
)

var brackets = [...]struct {
	open  string
	close byte
}{
	bracketBlock:   {"{", '}'},
	bracketObject:  {"{", '}'},
	bracketSubst:   {"${", '}'},
	bracketParen:   {"(", ')'},
	bracketControl: {"(", ')'},
	bracketIndex:   {"[", ']'},
}

// push opens a bracket, one byte at the cursor.
func (s *scriptScanner) push(kind bracketKind) *scriptFault {
	if len(s.open) == maxBrackets {
		return &scriptFault{message: "brackets nest too deep", at: s.at}
	}
	s.open = append(s.open, bracket{kind: kind, at: s.at})
	s.at++
	s.after = afterOperator
	if kind == bracketBlock {
		s.after = afterStatement
	}
	return nil
}

// brace tells what the '{' at the cursor begins.
func (s *scriptScanner) brace() bracketKind {
	switch s.after {
	case afterOperator:
		return bracketObject
	case afterColon:
		if s.top().kind != bracketBlock {
			return bracketObject
		}
	}
	return bracketBlock
}

// pop closes the innermost bracket, with the c at the cursor.
func (s *scriptScanner) pop(c byte) *scriptFault {
	b := *s.top()
	if want := brackets[b.kind]; c != want.close {
		if c == '}' || want.close != '}' {
			return &scriptFault{message: fmt.Sprintf("'%s' is not closed before a '%c'", want.open, c), at: b.at}
		}
		return &scriptFault{message: fmt.Sprintf("this '%c' closes nothing", c), at: s.at}
	}
	s.open = s.open[:len(s.open)-1]
	s.at++
	switch b.kind {
	case bracketSubst:
		return s.template(b.at)
	case bracketBlock, bracketControl:
		s.after = afterStatement
	default:
		s.after = afterOperand
	}
	return nil
}
