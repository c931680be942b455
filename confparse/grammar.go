package confparse

import (
	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// The grammar, over tokens that the tokenizer has already repaired:
//
//	file      = directive* .
//	directive = ( Word | String )+ ( Semi | Script | Open directive* Close ) .
type fileNode struct {
	Directives []*directiveNode `parser:"@@*"`
}

type directiveNode struct {
	Words wordsNode        `parser:"@@"`
	Last  lexer.Token      `parser:"( @( Semi | Script | BadScript )"`
	Open  lexer.Token      `parser:"| @Open"`
	Block []*directiveNode `parser:"  @@*"`
	Close lexer.Token      `parser:"  @Close )"`
}

// wordsNode are the name and the arguments of a directive. Most tokens are words:
// participle's own repetition takes twice the time.
type wordsNode struct{ tokens []lexer.Token }

// Parse reads ( Word | String )+.
func (n *wordsNode) Parse(tokens *lexer.PeekingLexer) error {
	start := tokens.RawCursor()
	for t := tokens.Peek(); t.Type == tokenWord || t.Type == tokenString; t = tokens.Peek() {
		tokens.Next()
	}
	n.tokens = tokens.Range(start, tokens.RawCursor())
	if len(n.tokens) == 0 {
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
