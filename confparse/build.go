package confparse

import (
	"unicode/utf8"

	"github.com/alecthomas/participle/v2/lexer"
)

// build makes the tree of what the grammar found.
func build(nodes []*node) []*Directive {
	list := []*Directive{}
	for _, n := range nodes {
		if n.Head.tokens != nil {
			list = append(list, n.block())
			continue
		}
		first := 0
		for i := range n.Lines.tokens {
			if endsLine(&n.Lines.tokens[i]) {
				list = append(list, buildLine(n.Lines.tokens[first:i+1]))
				first = i + 1
			}
		}
	}
	return list
}

func (n *node) block() *Directive {
	d := buildWords(n.Head.tokens[:len(n.Head.tokens)-1])
	d.Block = build(n.Nodes)
	d.Span.End = spanOf(n.Close).End
	return d
}

// buildLine makes a directive of its words and what ends it.
func buildLine(tokens []lexer.Token) *Directive {
	n := len(tokens) - 1
	d := buildWords(tokens[:n])
	if tokens[n].Type != tokenSemi {
		d.Script = buildScript(tokens[n])
	}
	d.Span.End = spanOf(tokens[n]).End
	return d
}

// buildWords makes a directive of its name and its arguments.
func buildWords(words []lexer.Token) *Directive {
	d := &Directive{Name: buildWord(words[0])}
	if len(words) > 1 {
		d.Args = make([]Word, len(words)-1)
		for i, token := range words[1:] {
			d.Args[i] = buildWord(token)
		}
	}
	d.Span.Start = d.Name.Span.Start
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
