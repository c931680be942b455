package hook

import (
	"time"

	"weir/js"
)

// operations are njs's methods of ngx.shared.NAME.
var operations = map[string]func(*dict, []js.Value) (js.Value, error){
	"add":       (*dict).opAdd,
	"clear":     (*dict).opClear,
	"delete":    (*dict).opDelete,
	"freeSpace": (*dict).opFreeSpace,
	"get":       (*dict).opGet,
	"has":       (*dict).opHas,
	"incr":      (*dict).opIncr,
	"items":     (*dict).opItems,
	"keys":      (*dict).opKeys,
	"pop":       (*dict).opPop,
	"replace":   (*dict).opReplace,
	"set":       (*dict).opSet,
	"size":      (*dict).opSize,
	"ttl":       (*dict).opTTL,
}

// opSet is set(key, value[, timeout]).
func (d *dict) opSet(args []js.Value) (js.Value, error) {
	key, value, timeout, err := d.entryArgs(args)
	if err != nil {
		return nil, err
	}
	return nil, d.store(key, value, timeout)
}

// opAdd is add(key, value[, timeout]): whether the key was free.
func (d *dict) opAdd(args []js.Value) (js.Value, error) {
	key, value, timeout, err := d.entryArgs(args)
	if err != nil || d.find(key) != nil {
		return false, err
	}
	err = d.store(key, value, timeout)
	return err == nil, err
}

// opReplace is replace(key, value[, timeout]): whether the key was there.
func (d *dict) opReplace(args []js.Value) (js.Value, error) {
	key, value, timeout, err := d.entryArgs(args)
	if err != nil || d.find(key) == nil {
		return false, err
	}
	err = d.store(key, value, timeout)
	return err == nil, err
}

// opIncr is incr(key, delta[, init[, timeout]]): the new value. The entry's time
// begins anew.
func (d *dict) opIncr(args []js.Value) (js.Value, error) {
	if d.Type != "number" {
		return nil, typeError("shared dict is not a number dict")
	}
	delta, ok := number(arg(args, 1))
	if !ok {
		return nil, typeError("delta is not a number")
	}
	value, ok := number(arg(args, 2))
	if !ok && arg(args, 2) != nil {
		return nil, typeError("init value is not a number")
	}
	timeout, err := d.timeoutArg(arg(args, 3))
	if err != nil {
		return nil, err
	}
	key := keyArg(args)
	if e := d.find(key); e != nil {
		value, _ = number(e.value)
	}
	return value + delta, d.store(key, value+delta, timeout)
}

// opGet is get(key): the value, or undefined.
func (d *dict) opGet(args []js.Value) (js.Value, error) {
	if e := d.find(keyArg(args)); e != nil {
		return e.value, nil
	}
	return nil, nil
}

func (d *dict) opHas(args []js.Value) (js.Value, error) {
	return d.find(keyArg(args)) != nil, nil
}

// opDelete is delete(key): whether the key was there.
func (d *dict) opDelete(args []js.Value) (js.Value, error) {
	e := d.find(keyArg(args))
	if e != nil {
		d.remove(e)
	}
	return e != nil, nil
}

// opPop is pop(key): the value that was deleted, or undefined.
func (d *dict) opPop(args []js.Value) (js.Value, error) {
	e := d.find(keyArg(args))
	if e == nil {
		return nil, nil
	}
	d.remove(e)
	return e.value, nil
}

// opTTL is ttl(key): the milliseconds that are left, or undefined.
func (d *dict) opTTL(args []js.Value) (js.Value, error) {
	if d.Timeout == 0 {
		return nil, typeError("shared dict must be declared with timeout")
	}
	e := d.find(keyArg(args))
	if e == nil {
		return nil, nil
	}
	return time.Until(e.expires).Milliseconds(), nil
}

// opKeys is keys([max = 1024]), in no particular order.
func (d *dict) opKeys(args []js.Value) (js.Value, error) {
	return d.list(args, func(e *entry) any { return e.key })
}

// opItems is items([max = 1024]): [key, value] each.
func (d *dict) opItems(args []js.Value) (js.Value, error) {
	return d.list(args, func(e *entry) any { return []any{e.key, e.value} })
}

func (d *dict) list(args []js.Value, of func(*entry) any) (js.Value, error) {
	d.expire()
	n := 1024.0
	if v := arg(args, 0); v != nil {
		var ok bool
		if n, ok = number(v); !ok {
			return nil, typeError("max count is not a number")
		}
	}
	n = min(max(n, 0), float64(len(d.queue)))
	l := make([]any, int(n))
	for i := range l {
		l[i] = of(d.queue[i])
	}
	return l, nil
}

func (d *dict) opSize([]js.Value) (js.Value, error) {
	d.expire()
	return int64(len(d.queue)), nil
}

func (d *dict) opFreeSpace([]js.Value) (js.Value, error) {
	d.expire()
	return d.Size - d.used, nil
}

func (d *dict) opClear([]js.Value) (js.Value, error) {
	d.clear()
	return nil, nil
}

func (d *dict) store(key string, value js.Value, timeout time.Duration) error {
	if !d.put(key, value, timeout) {
		return &js.Throw{Class: "SharedMemoryError", Message: "shared dict \"" + d.Name + "\" is full"}
	}
	return nil
}
