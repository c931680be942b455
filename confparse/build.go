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
	words := n.Words.tokens
	d := &Directive{Name: buildWord(words[0])}
	if len(words) > 1 {
		d.Args = make([]Word, len(words)-1)
		for i, token := range words[1:] {
			d.Args[i] = buildWord(token)
		}
	}
	last := n.Last
	switch last.Type {
	case tokenScript, tokenBadScript:
		d.Script = buildScript(last)
	case 0:
		d.Block, last = build(n.Block), n.Close
	}
	d.Span = Span{d.Name.Span.Start, spanOf(last).End}
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
