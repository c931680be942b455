package conf

import (
	_ "embed"
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
)

//go:embed config.go
var source string

// comments reads the manual: the comments of the structs' fields, by
// "Struct.Field".
func comments() map[string]string {
	f, err := parser.ParseFile(token.NewFileSet(), "config.go", source, parser.ParseComments)
	if err != nil {
		panic(err) // it is compiled
	}
	docs := map[string]string{}
	ast.Inspect(f, func(n ast.Node) bool {
		t, ok := n.(*ast.TypeSpec)
		if !ok {
			return true
		}
		if s, ok := t.Type.(*ast.StructType); ok {
			addComments(docs, t.Name.Name, s)
		}
		return false
	})
	return docs
}

func addComments(docs map[string]string, name string, s *ast.StructType) {
	for _, field := range s.Fields.List {
		for _, id := range field.Names {
			docs[name+"."+id.Name] = strings.TrimSpace(field.Doc.Text())
		}
	}
}
