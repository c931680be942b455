package js

import (
	"reflect"
	"regexp"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
)

// walk visits the nodes of a tree, outer ones first. visit returns whether what is
// inside is to be visited, too.
func walk(tree *ast.Program, visit func(node any) bool) { walkValue(reflect.ValueOf(tree.Body), visit) }

func walkValue(v reflect.Value, visit func(any) bool) {
	switch v.Kind() {
	case reflect.Interface:
		if !v.IsNil() {
			walkValue(v.Elem(), visit)
		}
	case reflect.Pointer:
		if v.IsNil() || v.Type().Elem().PkgPath() != astPackage || !visit(v.Interface()) {
			return
		}
		walkValue(v.Elem(), visit)
	case reflect.Slice:
		if k := v.Type().Elem().Kind(); k != reflect.Interface && k != reflect.Pointer && k != reflect.Struct {
			return
		}
		for i := range v.Len() {
			walkValue(v.Index(i), visit)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).Name != "DeclarationList" { // what is in the body, again
				walkValue(v.Field(i), visit)
			}
		}
	}
}

var astPackage = reflect.TypeFor[ast.Program]().PkgPath()

// compileTree compiles a script that was parsed from text, once its regular
// expressions are such as the engine reads and its classes have their names.
func compileTree(tree *ast.Program, text string, strict bool) (*goja.Program, error) {
	if mayNeedExpansion(text) {
		if err := expandPatterns(tree); err != nil {
			return nil, err
		}
	}
	nameClasses(tree, text)
	return goja.CompileAST(tree, strict)
}

func mayNeedExpansion(text string) bool {
	return strings.Contains(text, `\p`) || strings.Contains(text, `\P`) || flagV.MatchString(text)
}

// flagV is what a regular expression with flag v ends with, among other things.
var flagV = regexp.MustCompile(`/[dgimsy]*v[dgimsy]*(?:[^\w/*]|$)`)

func expandPatterns(tree *ast.Program) (err error) {
	walk(tree, func(node any) bool {
		r, ok := node.(*ast.RegExpLiteral)
		if !ok || err != nil || !needsExpansion(r.Pattern, r.Flags) {
			return err == nil
		}
		pattern, flags, fault := expandPattern(r.Pattern, r.Flags)
		if fault != nil {
			err = syntaxErrorAt(tree, r.Idx, "Invalid regular expression: "+fault.Error())
		}
		r.Pattern, r.Flags = pattern, flags
		return false
	})
	return err
}

// syntaxErrorAt is an error like those of the engine's compiler.
func syntaxErrorAt(tree *ast.Program, at file.Idx, message string) error {
	return &goja.CompilerSyntaxError{CompilerError: goja.CompilerError{Message: message, File: tree.File, Offset: int(at) - 1}}
}
