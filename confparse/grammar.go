package confparse

import (
	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// The grammar, over tokens that the tokenizer has already repaired:
//
//	file      = directive* .
//	directive = ( Word | String )+ ( Script | Open directive* Close | Semi ) .
type fileNode struct {
	Directives []*directiveNode `parser:"@@*"`
}

type directiveNode struct {
	Words  []lexer.Token    `parser:"@( ( Word | String )+ )"`
	Script *lexer.Token     `parser:"( @( Script | BadScript )"`
	Open   *lexer.Token     `parser:"| @Open"`
	Block  []*directiveNode `parser:"  @@*"`
	Close  *lexer.Token     `parser:"  @Close"`
	Semi   *lexer.Token     `parser:"| @Semi )"`
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
