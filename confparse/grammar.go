package confparse

import (
	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// The grammar, over tokens that the tokenizer has already repaired:
//
//	file  = ( lines | block )* .
//	lines = ( words ( Semi | Script | BadScript ) )+ .
//	block = words Open ( lines | block )* Close .
//	words = ( Word | String )+ .
type fileNode struct {
	Nodes []*node `parser:"@@*"`
}

type node struct {
	Lines linesNode   `parser:"( @@"`
	Head  headNode    `parser:"| @@"`
	Nodes []*node     `parser:"  @@*"`
	Close lexer.Token `parser:"  @Close )"`
}

// linesNode and headNode are the tokens of directives without a block, and those
// in front of a block. Most of a file are these, and participle takes several
// times as long for them, token by token: they read themselves.
type (
	linesNode struct{ tokens []lexer.Token }
	headNode  struct{ tokens []lexer.Token }
)

// Parse reads lines.
func (n *linesNode) Parse(tokens *lexer.PeekingLexer) error {
	start := tokens.RawCursor()
	end := tokens.MakeCheckpoint()
	for readWords(tokens) && endsLine(tokens.Next()) {
		end = tokens.MakeCheckpoint()
	}
	tokens.LoadCheckpoint(end)
	n.tokens = tokens.Range(start, tokens.RawCursor())
	return matched(n.tokens)
}

// endsLine reports whether a directive ends with t.
func endsLine(t *lexer.Token) bool {
	return t.Type == tokenSemi || t.Type == tokenScript || t.Type == tokenBadScript
}

// Parse reads the head of a block.
func (n *headNode) Parse(tokens *lexer.PeekingLexer) error {
	start := tokens.RawCursor()
	if readWords(tokens) && tokens.Next().Type == tokenOpen {
		n.tokens = tokens.Range(start, tokens.RawCursor())
	}
	return matched(n.tokens)
}

// readWords reads words, and reports whether there are any.
func readWords(tokens *lexer.PeekingLexer) (any bool) {
	for t := tokens.Peek().Type; t == tokenWord || t == tokenString; t = tokens.Peek().Type {
		tokens.Next()
		any = true
	}
	return any
}

func matched(tokens []lexer.Token) error {
	if len(tokens) == 0 {
		return participle.NextMatch
	}
	return nil
}

var grammar = participle.MustBuild[fileNode](participle.Lexer(definition{}))

// parseTokens applies the grammar. It fails only if the tokenizer's repair has a hole.
func parseTokens(t *tokenizer) (*fileNode, error) {
	tokens, err := lexer.Upgrade(t)
	if err != nil {
		return nil, err
	}
	return grammar.ParseFromLexer(tokens)
}
