package js

import (
	"reflect"

	"github.com/dop251/goja/ast"
)

// declared are the names that statements declare.
func declared(list []ast.Statement) []string {
	var names []string
	for _, st := range list {
		switch st := st.(type) {
		case *ast.VariableStatement:
			names = append(names, bound(st.List)...)
		case *ast.LexicalDeclaration:
			names = append(names, bound(st.List)...)
		case *ast.FunctionDeclaration:
			names = append(names, st.Function.Name.Name.String())
		case *ast.ClassDeclaration:
			names = append(names, st.Class.Name.Name.String())
		}
	}
	return names
}

// bound are the names in bindings, which may be patterns.
func bound(list any) []string {
	var names []string
	visit := func(n any) bool {
		switch n := n.(type) {
		case *ast.Binding:
			names = append(names, bound(n.Target)...)
			return false
		case *ast.Identifier:
			names = append(names, n.Name.String())
		case *ast.PropertyShort:
			names = append(names, n.Name.Name.String())
			return false
		case *ast.PropertyKeyed:
			names = append(names, bound(n.Value)...)
			return false
		case *ast.AssignExpression: // with a default
			names = append(names, bound(n.Left)...)
			return false
		}
		return true
	}
	walkValue(reflect.ValueOf(list), visit)
	return names
}
