// Package shared keeps the dictionaries that scripts share as ngx.shared.NAME in
// memory that the server owns and that its worker processes map: an operation
// costs well under a microsecond in either, and what is stored outlives VMs,
// reloads and the workers. The methods are those of njs:
// https://nginx.org/en/docs/njs/reference.html#dict.
//
// The server makes the zones with New, runs Dicts.Run, and answers what scripts
// ask as "dict" with Dicts.Answer. Each worker process that it starts gets a
// Grant: the bytes of Grant.Text in its first message, and Grant.Files as
// descriptors. There Open makes Dicts of them, whose Answer serves "dict" without
// the server. When the worker's process has been waited for, and not before, the
// server calls Dicts.Break with Grant.Worker.
//
// # Memory
//
// A zone is one memfd, sealed against another size: a header, a hash table, and
// cells of 64 bytes. An entry is a chain of cells, so that memory never
// fragments. A word in the header is the lock; it holds the number of the
// process. A worker may be killed at any instruction: an entry counts from the
// one atomic store that makes its first cell a head, and from that alone the
// server builds everything else anew (repair). A worker may also write whatever
// it likes: each word that is read is checked before it is used, every walk is
// bounded, and a zone that does not add up is emptied (errDamaged).
package shared
