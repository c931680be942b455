package confparse

// place returns where a finding is; one that names no file is in f as a whole.
func (d Diagnostic) place(f *File) Pos {
	at := d.Span.Start
	if at.File == "" {
		at.File = f.Name
	}
	return at
}

// notes returns the notes of a finding, and where the file it is in is included.
func (d Diagnostic) notes(f *File) []Note {
	notes := d.Notes[:len(d.Notes):len(d.Notes)]
	from := f.source(d.Span.Start.File).From
	for !from.Start.IsZero() { // a file is first included by one that was read before
		notes = append(notes, Note{from, "included from here"})
		from = f.source(from.Start.File).From
	}
	return notes
}
