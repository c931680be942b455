package conf

import (
	"embed"
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
)

//go:embed config.go accesslog.go vhost.go play.go hooks.go scripts.go location.go security.go refer.go httphooks.go https.go
var sources embed.FS

// comments reads the manual: the comments of the structs' fields, by
// "Struct.Field".
func comments() map[string]string {
	docs := map[string]string{}
	files, err := sources.ReadDir(".")
	if err != nil {
		panic(err) // they are in the binary
	}
	for _, f := range files {
		addFile(docs, f.Name())
	}
	return docs
}

func addFile(docs map[string]string, name string) {
	text, err := sources.ReadFile(name)
	if err != nil {
		panic(err)
	}
	f, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ParseComments)
	if err != nil {
		panic(err) // it is compiled
	}
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
}

func addComments(docs map[string]string, name string, s *ast.StructType) {
	for _, field := range s.Fields.List {
		for _, id := range field.Names {
			docs[name+"."+id.Name] = strings.TrimSpace(field.Doc.Text())
		}
	}
}
