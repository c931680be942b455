// Package js is the script engine: it compiles modules and inline functions to
// programs, keeps VMs with their event loops, and carries calls to them under
// budgets of time. It is the only user of goja and esbuild.
//
// What crosses its boundary is encodable: see Value. What scripts see beyond the
// language (sessions, crypto, ...) comes from js/hook and js/builtin as classes
// and modules; what they may ask of the server goes through Host.
package js
