package vhost

import (
	"maps"

	"weir/conf"
	"weir/js"
	"weir/js/hook"
)

// variablesOf are the variables that a vhost, or the top level, declares.
func variablesOf(vars []conf.Variable, sets []conf.SetVariable) hook.Variables {
	var v hook.Variables
	if len(vars) > 0 {
		v.Values = make(map[string]string, len(vars))
	}
	for _, x := range vars {
		v.Values[x.Name] = x.Value
	}
	if len(sets) > 0 {
		v.Sets = make(map[string]hook.SetFunc, len(sets))
	}
	for _, s := range sets {
		v.Sets[s.Name] = hook.SetFunc{Func: s.Ref(), NoCache: s.NoCache}
	}
	return v
}

// variables are those that v declares, with the values that the session has.
func (se *session) variables(v *conf.VHost) hook.Variables {
	vars := variablesOf(v.JSVars, v.Sets)
	se.mu.Lock()
	defer se.mu.Unlock()
	for name, value := range se.values {
		_, declared := vars.Values[name]
		if _, set := vars.Sets[name]; !declared && !set {
			continue // before a reload it was
		}
		if vars.Values == nil {
			vars.Values = map[string]string{}
		}
		vars.Values[name] = value
	}
	return vars
}

// keepVariables keeps what a handler has made of variables.
func (se *session) keepVariables(v *conf.VHost, r js.Result) {
	if len(v.JSVars) == 0 && len(v.Sets) == 0 {
		return
	}
	vars := variablesOf(v.JSVars, v.Sets)
	given := vars.Keep(r)
	if len(given) == 0 {
		return
	}
	se.mu.Lock()
	defer se.mu.Unlock()
	if se.values == nil {
		se.values = map[string]string{}
	}
	maps.Copy(se.values, given)
}
