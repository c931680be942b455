package hook

import "weir/js"

// Classes are the objects that the server shows to scripts.
func Classes() []js.Class {
	return append(requestClasses(), []js.Class{
		{
			Name:    "Session",
			Fields:  members(sessionFields),
			Data:    []js.Member{contextMember},
			Effects: effects,
			Methods: sessionMethods,
		},
		{Name: "Connection", Fields: members(connectionFields)},
		{Name: "Stream", Fields: members(streamFields), Methods: streamMethods},
		{Name: "Publisher", Fields: members(publisherFields)},
		{Name: "Client", Fields: members(clientFields), Methods: clientMethods},
		{Name: "VHost", Fields: vhostFields, Methods: loggers},
	}...)
}
