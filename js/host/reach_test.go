package host

import (
	"net/netip"
	"strings"
	"testing"
)

// Each line is a permit, a host with its port, where it leads to, and whether a
// fetch may go there: "name" if not even by its name.
const reaches = `
users.internal:8080 | users.internal:8080 | 10.0.0.1                | yes
users.internal:8080 | USERS.internal.:8080| 10.0.0.1                | yes
users.internal      | users.internal:9    | 10.0.0.1                | yes
users.internal      | users.internal:9    | 127.0.0.1               | yes
users.internal      | users.internal:80   | 8.8.8.8                 | yes
users.internal      | users.internal:80   | 169.254.169.254         | no
users.internal      | users.internal:80   | ::ffff:169.254.169.254  | no
users.internal      | users.internal:80   | 64:ff9b::a9fe:a9fe      | no
users.internal      | users.internal:80   | 2002:a9fe:a9fe::1       | no
users.internal      | users.internal:80   | fe80::1                 | no
users.internal      | users.internal:80   | fd00:ec2::254           | no
users.internal      | users.internal:80   | 100.100.100.200         | no
users.internal      | users.internal:80   | 0.0.0.0                 | no
users.internal      | users.internal:80   | ::                      | no
users.internal      | users.internal:80   | 224.0.0.1               | no
users.internal      | users.internal:80   | 255.255.255.255         | no
users.internal 169.254.169.254 | users.internal:80 | 169.254.169.254 | yes
users.internal:8080 | users.internal:80   | 10.0.0.1                | name
users.internal      | xusers.internal:80  | 10.0.0.1                | name
users.internal      | a.users.internal:80 | 10.0.0.1                | name
*.example.com       | a.example.com:80    | 8.8.8.8                 | yes
*.example.com       | a.b.example.com:80  | 8.8.8.8                 | yes
*.example.com       | a.example.com:80    | 2606:4700::1            | yes
*.example.com       | a.example.com:80    | 10.0.0.1                | no
*.example.com       | a.example.com:80    | 127.0.0.1               | no
*.example.com       | a.example.com:80    | ::1                     | no
*.example.com       | a.example.com:80    | ::ffff:127.0.0.1        | no
*.example.com       | a.example.com:80    | 100.64.0.1              | no
*.example.com       | a.example.com:80    | 192.168.1.1             | no
*.example.com       | a.example.com:80    | fd00::1                 | no
*.example.com       | a.example.com:80    | ::127.0.0.1             | no
*.example.com       | a.example.com:80    | ::ffff:0:127.0.0.1      | no
*.example.com       | a.example.com:80    | 64:ff9b:1::a00:1        | no
*.example.com       | a.example.com:80    | 2001:0:7f00:1::1        | no
users.internal      | users.internal:80   | ::169.254.169.254       | no
users.internal      | users.internal:80   | ::ffff:0:169.254.169.254 | no
*.example.com 10.0.0.0/8 | a.example.com:80 | 10.0.0.1              | yes
*.example.com a.example.com | a.example.com:80 | 10.0.0.1           | yes
*.example.com       | example.com:80      | 8.8.8.8                 | name
*.example.com       | a.example.com.evil.org:80 | 8.8.8.8           | name
*                   | a.example.com:80    | 8.8.8.8                 | yes
*                   | 8.8.8.8:80          | 8.8.8.8                 | yes
*                   | 10.0.0.1:80         | 10.0.0.1                | name
*                   | [::ffff:a00:1]:80   | 10.0.0.1                | name
*:443               | a.example.com:80    | 8.8.8.8                 | name
10.0.0.0/8          | 10.1.2.3:80         | 10.1.2.3                | yes
10.0.0.0/8          | [::ffff:10.1.2.3]:80 | 10.1.2.3               | yes
10.0.0.0/8          | 11.1.2.3:80         | 11.1.2.3                | name
10.0.0.0/8          | a.internal:80       | 10.1.2.3                | name
[::1]:8080          | [::1]:8080          | ::1                     | yes
::1                 | [::1]:8080          | ::1                     | yes
169.254.169.254     | 169.254.169.254:80  | 169.254.169.254         | yes
all                 | anything:1          | 169.254.169.254         | yes
                    | a.example.com:80    | 8.8.8.8                 | name
`

func TestPermitReaches(t *testing.T) {
	for line := range strings.SplitSeq(strings.TrimSpace(reaches), "\n") {
		f := strings.Split(line, "|")
		words := strings.Fields(f[0])
		var p Permit
		for _, w := range words {
			l := []string{"fetch", w}
			if w == "all" {
				l = []string{"all"}
			}
			if err := p.add(l); err != nil {
				t.Fatal(err)
			}
		}
		hostport := strings.TrimSpace(f[1])
		i := strings.LastIndexByte(hostport, ':')
		name := strings.Trim(hostport[:i], "[]")
		port, err := portOf("http", hostport[i+1:])
		if err != nil {
			t.Fatal(err)
		}
		got := "yes"
		if err := p.checkHost(name, port); err != nil {
			got = "name"
		} else if err := p.checkAddress(name, netip.AddrPortFrom(netip.MustParseAddr(strings.TrimSpace(f[2])), port)); err != nil {
			got = "no"
		}
		if want := strings.TrimSpace(f[3]); got != want {
			t.Errorf("%s: got %s", line, got)
		}
	}
}

// What a URL of any bytes is accepted as has a host that permits can be asked
// about, and makes a request.
func FuzzURL(f *testing.F) {
	for _, s := range []string{
		"http://a.example.com/b?c#d", "https://[::1]:8443/", "http://10.1/", "HTTP://A:80", "http://a@b/", "http://a\\@b/", "http:b",
		"http://a:99999/", "http://[fe80::1%25eth0]/", "http://%61.com/", "//a/b", "http://a b/", "http://*/", "http://ａ.com",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r := &request{method: "GET"}
		if r.setURL(s) != nil {
			return
		}
		port, err := portOf(r.url.Scheme, r.url.Port())
		if err != nil {
			t.Fatal(err)
		}
		if err := (&Permit{}).checkHost(r.url.Hostname(), port); err == nil {
			t.Errorf("%q is permitted by nothing", s)
		}
		if _, err := r.build(t.Context()); err != nil {
			t.Errorf("%q: %v", s, err)
		}
	})
}
