package js

// Lessor is a Host that keeps things for the VMs that use it, as open files. Who
// runs VMs takes a Lease for those of one process.
type Lessor interface {
	Host
	Lease() Lease
}

// Lease is a Host for the VMs of one process. What it keeps for them goes with them.
type Lease interface {
	Host
	// Broke is what Options.Broke is told.
	Broke(unit string, alone bool)
	// End says that all VMs have ended. Nothing is asked any more.
	End()
}

// LeaseOf takes a lease of h. One that keeps nothing is its own.
func LeaseOf(h Host) Lease {
	if l, ok := h.(Lessor); ok {
		return l.Lease()
	}
	return plain{h}
}

// plain is the lease of a Host that keeps nothing.
type plain struct{ Host }

func (plain) Broke(string, bool) {}
func (plain) End()               {}
