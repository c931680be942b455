package hook

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"weir/js"
)

var loggers = []js.Native{
	logger("log", js.LevelInfo),
	logger("warn", js.LevelWarn),
	logger("error", js.LevelError),
}

var sessionMethods = append([]js.Native{
	kick("Ends the session; false if it has ended.", sessionID),
}, loggers...)

var streamMethods = []js.Native{
	kick("Ends the stream's publisher; false if there is none.", publisherID),
	unserved("forward", "(url: string) => void", "Pushes the stream to another server."),
	unserved("unforward", "(url: string) => void", "Ends such a push."),
	unserved("record", "(on: boolean) => void", "Begins or ends a recording."),
	unserved("sendData", "(name: string, value: any) => void", "Sends a data message to the players."),
}

var clientMethods = []js.Native{
	kick("Ends the session; false if it has ended.", clientID),
}

// unserved is a method of what is still to come.
func unserved(name, signature, doc string) js.Native {
	return js.Native{
		Loose:  true,
		Member: js.Member{Name: name, Type: signature, Doc: doc + " Not served yet: it throws an Error."},
		Call: func(js.Env, []js.Value) (js.Value, error) {
			return nil, &js.Throw{Class: "Error", Message: "Stream." + name + " is not served yet"}
		},
	}
}

func kick(doc string, id func(fields []js.Value) string) js.Native {
	return js.Native{
		Loose:  true,
		Member: js.Member{Name: "kick", Type: "(reason?: string) => boolean", Doc: doc},
		Call: func(e js.Env, args []js.Value) (js.Value, error) {
			fields, ok := args[0].([]js.Value)
			if !ok || id(fields) == "" {
				return false, nil
			}
			reason := args[1:]
			if len(reason) == 1 && reason[0] == nil {
				reason = nil
			}
			return e.Host.Ask(e.Context, e.Origin, "kick", []js.Value{id(fields), clip(sentence(reason), maxReason)})
		},
	}
}

func logger(name string, level js.Level) js.Native {
	return js.Native{
		Loose:  true,
		Spells: true,
		Member: js.Member{Name: name, Type: "(...message: any[]) => void", Doc: "Writes to the server's log."},
		Call: func(e js.Env, args []js.Value) (js.Value, error) {
			e.Host.Log(e.Origin, level, clip(sentence(args[1:]), maxMessage))
			return nil, nil
		},
	}
}

func sessionID(fields []js.Value) string {
	id, _ := fields[indexOf(sessionFields, "id")].(string)
	return id
}

func clientID(fields []js.Value) string {
	id, _ := fields[indexOf(clientFields, "id")].(string)
	return id
}

func publisherID(fields []js.Value) string {
	p, ok := fields[indexOf(streamFields, "publisher")].(*js.Object)
	if !ok {
		return ""
	}
	id, _ := p.Fields[indexOf(publisherFields, "id")].(string)
	return id
}

func indexOf[T any](table []property[T], name string) int {
	return slices.IndexFunc(table, func(p property[T]) bool { return p.Name == name })
}

// sentence is what a script says in any number of arguments.
func sentence(args []js.Value) string {
	words := make([]string, len(args))
	for i, a := range args {
		words[i] = word(a)
	}
	return strings.Join(words, " ")
}

func word(v js.Value) string {
	switch v := v.(type) {
	case string:
		return v
	case nil:
		return "null"
	case *js.Object:
		return v.Class
	}
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(b)
}
