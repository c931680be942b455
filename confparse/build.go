package confparse

import (
	"unicode/utf8"

	"github.com/alecthomas/participle/v2/lexer"
)

// build makes the tree of what the grammar found.
func build(nodes []*directiveNode) []*Directive {
	list := make([]*Directive, len(nodes))
	for i, n := range nodes {
		list[i] = n.build()
	}
	return list
}

func (n *directiveNode) build() *Directive {
	d := &Directive{Name: buildWord(n.Words[0])}
	if args := n.Words[1:]; len(args) > 0 {
		d.Args = make([]Word, len(args))
		for i, token := range args {
			d.Args[i] = buildWord(token)
		}
	}
	last := n.Semi
	switch {
	case n.Script != nil:
		d.Script = buildScript(*n.Script)
		last = n.Script
	case n.Open != nil:
		d.Block = build(n.Block)
		last = n.Close
	}
	d.Span = Span{d.Name.Span.Start, spanOf(*last).End}
	return d
}

func buildWord(token lexer.Token) Word {
	w := Word{Value: token.Value, Span: spanOf(token)}
	if token.Type == tokenString {
		w.Value, w.Quoted = unquote(token.Value), true
	}
	return w
}

// buildScript strips the braces. A script whose end is a guess is left empty:
// what is wrong with it has been said.
func buildScript(token lexer.Token) *Script {
	_, brace := utf8.DecodeRuneInString(token.Value)
	start := fromPosition(token.Pos).advance(token.Value[:brace])
	if token.Type == tokenBadScript {
		return &Script{Span: Span{start, start}}
	}
	body := token.Value[brace : len(token.Value)-1]
	return &Script{Body: body, Span: Span{start, start.advance(body)}}
}
