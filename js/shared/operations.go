package shared

import (
	"math"

	"weir/js"
)

// operation is a method of ngx.shared.NAME, with its arguments.
type operation func(d *dict, args []js.Value) (js.Value, error)

// operations are njs's methods of ngx.shared.NAME.
var operations = map[string]operation{
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
	key, value, ttl, err := d.entryArgs(args)
	if err != nil {
		return nil, err
	}
	return nil, d.set(key, value, ttl)
}

// opAdd is add(key, value[, timeout]): whether the key was free.
func (d *dict) opAdd(args []js.Value) (js.Value, error) {
	key, value, ttl, err := d.entryArgs(args)
	if err != nil || d.lookup(key) != 0 {
		return false, err
	}
	err = d.set(key, value, ttl)
	return err == nil, err
}

// opReplace is replace(key, value[, timeout]): whether the key was there.
func (d *dict) opReplace(args []js.Value) (js.Value, error) {
	key, value, ttl, err := d.entryArgs(args)
	if err != nil || d.lookup(key) == 0 {
		return false, err
	}
	err = d.set(key, value, ttl)
	return err == nil, err
}

// opIncr is incr(key, delta[, init[, timeout]]): the new value. The entry's time
// begins anew.
func (d *dict) opIncr(args []js.Value) (js.Value, error) {
	if d.Type != numberType {
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
	ttl, err := d.timeoutArg(arg(args, 3))
	if err != nil {
		return nil, err
	}
	key := keyArg(args)
	if cell := d.lookup(key); cell != 0 {
		value = d.number(cell)
	}
	return value + delta, d.set(key, value+delta, ttl)
}

// opGet is get(key): the value, or undefined.
func (d *dict) opGet(args []js.Value) (js.Value, error) {
	if cell := d.lookup(keyArg(args)); cell != 0 {
		return d.valueOf(cell), nil
	}
	return nil, nil
}

func (d *dict) opHas(args []js.Value) (js.Value, error) {
	return d.lookup(keyArg(args)) != 0, nil
}

// opDelete is delete(key): whether the key was there.
func (d *dict) opDelete(args []js.Value) (js.Value, error) {
	cell := d.lookup(keyArg(args))
	if cell != 0 {
		d.remove(cell)
	}
	return cell != 0, nil
}

// opPop is pop(key): the value that was deleted, or undefined.
func (d *dict) opPop(args []js.Value) (js.Value, error) {
	cell := d.lookup(keyArg(args))
	if cell == 0 {
		return nil, nil
	}
	value := d.valueOf(cell)
	d.remove(cell)
	return value, nil
}

// opTTL is ttl(key): the milliseconds that are left, or undefined.
func (d *dict) opTTL(args []js.Value) (js.Value, error) {
	if d.Timeout == 0 {
		return nil, typeError("shared dict must be declared with timeout")
	}
	cell := d.lookup(keyArg(args))
	if cell == 0 {
		return nil, nil
	}
	return max(d.when(cell)-d.now(), 1), nil
}

// opKeys is keys([max = 1024]), in no particular order.
func (d *dict) opKeys(args []js.Value) (js.Value, error) {
	return d.list(args, func(cell uint32) any { return d.keyOf(cell) })
}

// opItems is items([max = 1024]): [key, value] each.
func (d *dict) opItems(args []js.Value) (js.Value, error) {
	return d.list(args, func(cell uint32) any { return []any{d.keyOf(cell), d.valueOf(cell)} })
}

func (d *dict) list(args []js.Value, of func(cell uint32) any) (js.Value, error) {
	most := 1024.0
	if v := arg(args, 0); v != nil {
		var ok bool
		if most, ok = number(v); !ok {
			return nil, typeError("max count is not a number")
		}
	}
	d.sweep(d.now(), math.MaxInt)
	l, bytes := []any{}, int64(0)
	for list := range d.inUse {
		for cell := range d.entries(list) {
			if !(float64(len(l)+1) <= most) { // NaN too
				return l, nil
			}
			key, value := d.lengths(cell)
			if bytes += int64(key + value); bytes > d.Size {
				panic(errDamaged)
			}
			l = append(l, of(cell))
		}
	}
	return l, nil
}

func (d *dict) opSize([]js.Value) (js.Value, error) {
	d.sweep(d.now(), math.MaxInt)
	return int64(d.load(wordCount)), nil
}

// opFreeSpace counts whole pages, as nginx does: there may be room when there is
// none.
func (d *dict) opFreeSpace([]js.Value) (js.Value, error) {
	d.sweep(d.now(), math.MaxInt)
	return int64(d.room()) * cellSize / pageSize * pageSize, nil
}

func (d *dict) opClear([]js.Value) (js.Value, error) {
	d.reset()
	return nil, nil
}

func (d *dict) set(key string, value js.Value, ttl int64) error {
	if !d.put(key, value, ttl) {
		d.tick(longFull)
		return &js.Throw{Class: "SharedMemoryError", Message: "shared dict \"" + d.Name + "\" is full"}
	}
	return nil
}
