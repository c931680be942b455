package weir_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"weir/weirtest"
)

// saving is a way in which a file comes to its new text. The files lie where
// place has put them, and are read as dir/NAME.
type saving struct {
	name  string
	place func(d disk, texts map[string]string)
	save  func(d disk, name, text string)
	parts bool // a reader may meet a part of the text
}

// disk is a directory that a test writes to; what fails ends the test.
type disk struct {
	testing.TB
	dir string
}

func (d disk) try(err error) {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
}

func (d disk) path(name string) string { return filepath.Join(d.dir, name) }

func (d disk) write(name, text string) {
	d.Helper()
	d.try(os.MkdirAll(filepath.Dir(d.path(name)), 0o700))
	d.try(os.WriteFile(d.path(name), []byte(text), 0o600))
}

func (d disk) rename(from, to string) { d.Helper(); d.try(os.Rename(d.path(from), d.path(to))) }

// link makes name a symbolic link, at once.
func (d disk) link(to, name string) {
	d.Helper()
	d.try(os.Symlink(to, d.path(name+".new")))
	d.rename(name+".new", name)
}

func plain(d disk, texts map[string]string) {
	for name, text := range texts {
		d.write(name, text)
	}
}

// linked has every file, or its directory dir, be a link into v1.
func linked(link func(d disk, name string)) func(disk, map[string]string) {
	return func(d disk, texts map[string]string) {
		for name, text := range texts {
			d.write("v1/"+name, text)
			link(d, name)
		}
	}
}

// copied makes v2 like v1 but for one text.
func copied(d disk, name, text string) {
	d.try(os.CopyFS(d.path("v2"), os.DirFS(d.path("v1"))))
	d.write("v2/"+name, text)
}

func (d disk) append(name, text string) {
	f, err := os.OpenFile(d.path(name), os.O_WRONLY|os.O_APPEND, 0)
	d.try(err)
	_, err = f.WriteString(text)
	d.try(err)
	d.try(f.Close())
}

// savings are all ways that are known to have been missed by a server.
var savings = []saving{
	{name: "renamed over", place: plain, save: func(d disk, name, text string) {
		d.write(name+"~", text)
		d.rename(name+"~", name)
	}},
	{name: "truncated and written", place: plain, parts: true, save: func(d disk, name, text string) {
		d.write(name, text)
	}},
	{name: "written by line", place: plain, parts: true, save: func(d disk, name, text string) {
		d.write(name, "")
		for line := range bytes.Lines([]byte(text)) {
			d.append(name, string(line))
		}
	}},
	{name: "old one kept under another name", place: plain, parts: true, save: func(d disk, name, text string) {
		d.rename(name, name+".bak")
		d.write(name, text)
	}},
	{name: "its directory replaced", place: func(d disk, texts map[string]string) {
		linked(func(disk, string) {})(d, texts)
		d.rename("v1", "dir")
	}, parts: true, save: func(d disk, name, text string) {
		d.try(os.CopyFS(d.path("v1"), os.DirFS(d.path("dir"))))
		d.write("v1/"+name, text)
		d.rename("dir", "dir.bak")
		d.rename("v1", "dir")
	}},
	{name: "link switched", place: linked(func(d disk, name string) { d.link("v1/"+name, name) }), save: func(d disk, name, text string) {
		copied(d, name, text)
		d.link("v2/"+name, name)
	}},
	{name: "behind a link", place: linked(func(d disk, name string) { d.link("v1/"+name, name) }), save: func(d disk, name, text string) {
		d.write("v1/"+name+"~", text)
		d.rename("v1/"+name+"~", "v1/"+name)
	}},
	{name: "link to a link switched", place: linked(func(d disk, name string) {
		d.write("links/README", "")
		if _, err := os.Lstat(d.path("links/" + name)); err != nil {
			d.link("../v1/"+name, "links/"+name)
		}
		d.link("links/"+name, name)
	}), save: func(d disk, name, text string) {
		copied(d, name, text)
		d.link("../v2/"+name, "links/"+name)
	}},
	{name: "directory's link switched", place: linked(func(d disk, _ string) { d.link("v1", "dir") }), save: func(d disk, name, text string) {
		copied(d, name, text)
		d.link("v2", "dir")
	}},
	{name: "ConfigMap", place: linked(func(d disk, name string) {
		d.link("v1", "..data")
		d.link("..data/"+name, name)
	}), save: func(d disk, name, text string) {
		copied(d, name, text)
		d.link("v2", "..data")
		d.try(os.RemoveAll(d.path("v1")))
	}},
}

// main is where the files of a saving are read.
func (v saving) main(d disk) string {
	if _, err := os.Lstat(d.path("dir")); err == nil {
		return d.path("dir/srs.conf")
	}
	return d.path("srs.conf")
}

// texts are a configuration whose publishers are denied with a word, and which
// files it has; the word is in the file called in.
func texts(in, word string) map[string]string {
	deny := "js_on_publish { return s.deny('" + word + "'); }"
	switch in {
	case "srs.conf":
		return map[string]string{in: weirtest.FreePorts(everything(deny))}
	case "deny.conf":
		return map[string]string{"srs.conf": weirtest.FreePorts(everything("include deny.conf;")), in: deny + "\n"}
	}
	return map[string]string{
		"srs.conf": weirtest.FreePorts("js_import gate.js;" + everything("js_on_publish gate.publish;")),
		"gate.js":  "import { word } from './word.js';\nexport function publish(s) { return s.deny(word); }\n",
		"word.js":  "export const word =\n'" + word + "';\n",
	}
}
