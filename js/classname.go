package js

import (
	"reflect"
	"strings"

	"github.com/dop251/goja/ast"
)

// nameClasses gives classes their names back. One at the top level of a module that
// mentions itself is "var X = class _X" in what esbuild makes, and would be _X to
// script. No name inside of it is X: esbuild keeps those of all modules apart.
func nameClasses(tree *ast.Program, text string) {
	if !strings.Contains(text, " = class _") {
		return
	}
	walk(tree, func(node any) bool {
		if b, ok := node.(*ast.Binding); ok {
			if x, class := selfMentioning(b); class != nil {
				rename(class, class.Name.Name.String(), x)
			}
		}
		return true
	})
}

// selfMentioning is the class of such a binding, and its name; else nil.
func selfMentioning(b *ast.Binding) (*ast.Identifier, *ast.ClassLiteral) {
	x, _ := b.Target.(*ast.Identifier)
	class, _ := b.Initializer.(*ast.ClassLiteral)
	if x == nil || class == nil || class.Name == nil || class.Name.Name.String() != "_"+x.Name.String() {
		return nil, nil
	}
	return x, class
}

// rename exchanges a name in a class, unless it is that of a property, too, as only
// one that the script's author chose can be.
func rename(class *ast.ClassLiteral, old string, x *ast.Identifier) {
	var uses []*ast.Identifier
	isProperty := false
	walkValue(reflect.ValueOf(class), func(node any) bool {
		switch n := node.(type) {
		case *ast.Identifier:
			if n.Name.String() == old {
				uses = append(uses, n)
			}
		case *ast.PropertyShort:
			isProperty = isProperty || n.Name.Name.String() == old
		}
		return true
	})
	if isProperty {
		return
	}
	for _, u := range uses {
		u.Name = x.Name
	}
}
