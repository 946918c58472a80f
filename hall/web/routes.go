package web

import (
	"maps"
	"net/http"
	"slices"
)

// kind says what a route does to the branch.
type kind uint8

const (
	page     kind = iota // a screen, or one of its files
	read                 // changes nothing
	live                 // a feed
	act                  // one command, remembered by the journal
	change               // anything else that changes: remembered here for a while
	question             // changes nothing, and is too long for an address
	form                 // one command, sent by a page's own form
)

// route is one row of the table.
type route struct {
	method, path string
	allow        standing
	kind         kind
	task         task
	guard        func(*call) error // beyond the role: the device's own seat
	limit        int64             // of the body; 0: maxBody
	demoOnly     bool
	visitor      bool // for whoever has a visitor's link: paced by network, and served to the public
}

func (r *route) changes() bool { return r.kind == act || r.kind == change || r.kind == form }

// public says that the route is served on the visitors' own address.
func (r *route) public() bool { return r.visitor || r.path == assets || r.path == "/healthz" }

// assets are the screens' files. The public gets those of the visitor's page.
const assets = "/ui/:build/*"

// pattern is how logs and metrics name the route.
func (r *route) pattern() string { return r.path }

const (
	get    = http.MethodGet
	post   = http.MethodPost
	put    = http.MethodPut
	patch  = http.MethodPatch
	remove = http.MethodDelete
	api    = "/api/v1"
)

// Who may do what, by the kind of work. The rules refuse further: an officer acts
// for themself and in their own session only.
const (
	leading   = manager | demo           // rooms, policy, people who work here, the day
	serving   = manager | officer | demo // sessions and claims
	floor     = staff | demo             // what happens to a visit on the floor
	receiving = floor | deskDevice       // numbers and papers
	watching  = signedIn | demo          // figures and lists, without names
	revealing = staff | demo             // who a visitor is; see mayReveal
)

// routes is the one table of what this server answers and to whom: it registers
// the handlers, and the tests hold openapi.json and the matrix of roles against
// it. A route that is not here does not exist.
func (s *Server) routes() []route {
	var all []route
	for _, part := range [][]route{s.aboutMe(), s.aboutTheDay(), s.aboutRooms(), s.aboutOfficers(), s.aboutVisits(), s.aboutTickets(),
		s.aboutViews(), s.aboutPeopleHere(), s.aboutWhatIfs(), s.aboutLearning(), s.aboutMedia(), s.aboutReports(), s.aboutAudit(), s.aboutTheDemo(), s.aboutTheServer(), s.aboutPages()} {
		all = append(all, part...)
	}
	return all
}

func (s *Server) aboutMe() []route {
	return []route{
		{method: get, path: api + "/session", allow: anybody, kind: read, task: plain(getSession)},
		{method: post, path: api + "/session", allow: anybody, kind: change, task: with(signIn)},
		{method: remove, path: api + "/session", allow: anybody, kind: change, task: plain(signOut)},
		{method: post, path: api + "/setup", allow: anybody, kind: change, task: with(setUp)},
		{method: post, path: api + "/pair", allow: anybody, kind: change, task: with(beginPairing)},
		{method: get, path: api + "/pair", allow: anybody, kind: read, task: plain(pollPairing)},
	}
}

func (s *Server) aboutTheDay() []route {
	return []route{
		{method: post, path: api + "/day/open", allow: leading, kind: act, task: command(openDay)},
		{method: post, path: api + "/day/close", allow: leading, kind: act, task: command(closeDay)},
		{method: post, path: api + "/clock/adjust", allow: leading, kind: act, task: with(adjustClock)},
		{method: post, path: api + "/clock/confirm", allow: leading, kind: change, task: plain(confirmClock)},
		{method: get, path: api + "/policy", allow: watching | deskDevice, kind: read, task: plain(getPolicy)},
		{method: get, path: api + "/policy/versions", allow: leading | observer, kind: read, task: plain(getPolicyVersions)},
		{method: get, path: api + "/policy/versions/:id", allow: leading | observer, kind: read, task: plain(getPolicyVersion)},
		{method: put, path: api + "/policy", allow: leading, kind: act, limit: maxLargeBody, task: command(setPolicy)},
		{method: get, path: api + "/notice", allow: watching, kind: read, task: plain(getNotice)},
		{method: put, path: api + "/notice", allow: leading, kind: change, task: with(setNotice)},
	}
}

func (s *Server) aboutRooms() []route {
	room, seat := api+"/rooms/:room", api+"/rooms/:room/seats/:seat"
	return []route{
		{method: get, path: api + "/rooms", allow: watching | deskDevice, kind: read, task: plain(getRooms)},
		{method: put, path: room, allow: leading, kind: act, limit: maxLargeBody, task: command(setRoom)},
		{method: remove, path: room, allow: leading, kind: act, task: command(removeRoom)},
		{method: remove, path: room + "/plan", allow: leading, kind: act, task: command(dropPlan)},
		{method: post, path: room + "/effect", allow: leading, kind: question, limit: maxLargeBody, task: with(roomEffect)},
		{method: get, path: room + "/versions", allow: leading, kind: read, task: plain(getVersions)},
		{method: get, path: api + "/rooms/drafts", allow: leading, kind: read, task: plain(getDrafts)},
		{method: put, path: room + "/draft", allow: leading, kind: change, limit: maxLargeBody, task: with(keepDraft)},
		{method: remove, path: room + "/draft", allow: leading, kind: change, task: plain(dropDraft)},
		{method: post, path: api + "/rooms/choose", allow: leading, kind: question, limit: maxLargeBody, task: task{form: func() any { return chooseForm{} }, run: chooseSeats}},
		{method: post, path: api + "/rooms/arrange", allow: leading, kind: question, task: task{form: func() any { return arrangeForm{} }, run: arrangeSeats}},
		{method: post, path: seat + "/closed", allow: serving, kind: act, task: command(setSeat)},
		{method: post, path: seat + "/clean", allow: floor, kind: act, task: command(cleanSeat)},
		{method: post, path: seat + "/here", allow: serving | booth, guard: ownSeat, kind: act, task: command(seatHere)},
		{method: post, path: seat + "/not-here", allow: serving | booth, guard: ownSeat, kind: act, task: command(seatNotHere)},
		{method: post, path: seat + "/ready", allow: serving | booth, guard: ownSeat, kind: act, task: command(seatReady)},
		{method: post, path: seat + "/help", allow: serving | booth, guard: ownSeat, kind: act, task: command(askHelp)},
		{method: post, path: seat + "/survey", allow: booth | demo, guard: ownSeat, kind: act, task: command(seatSurvey)},
		{method: post, path: room + "/session", allow: serving, kind: act, task: command(openSession)},
		{method: post, path: room + "/call", allow: serving, kind: act, task: command(callGroup)},
		{method: post, path: room + "/seated", allow: serving, kind: act, task: command(seatCalled)},
		{method: get, path: room + "/choice", allow: serving, kind: read, task: plain(getChoice)},
		{method: post, path: room + "/last-call", allow: serving, kind: act, task: command(lastCall)},
		{method: post, path: room + "/close", allow: serving, kind: act, task: command(closeSession)},
		{method: post, path: room + "/abort", allow: serving, kind: act, task: command(abortSession)},
		{method: post, path: room + "/hand-over", allow: serving, kind: act, task: command(handOver)},
		{method: post, path: room + "/crew", allow: serving, kind: act, task: command(setCrew)},
		{method: post, path: room + "/cleaned", allow: floor, kind: act, task: command(roomReady)},
	}
}

func (s *Server) aboutOfficers() []route {
	one := api + "/officers/:id"
	return []route{
		{method: get, path: api + "/officers", allow: watching, kind: read, task: plain(getOfficers)},
		{method: put, path: one, allow: leading, kind: act, task: command(setOfficer)},
		{method: post, path: one + "/on", allow: serving, kind: act, task: command(signOn)},
		{method: post, path: one + "/off", allow: serving, kind: act, task: command(signOff)},
		{method: post, path: one + "/break", allow: serving, kind: act, task: command(startBreak)},
		{method: post, path: one + "/back", allow: serving, kind: act, task: command(endBreak)},
		{method: post, path: one + "/take", allow: serving, kind: act, task: command(take)},
		{method: post, path: one + "/put-back", allow: serving, kind: act, task: command(putBack)},
		{method: post, path: one + "/finish", allow: serving, kind: act, task: command(finishStep)},
	}
}

func (s *Server) aboutVisits() []route {
	visit, claim := api+"/visits/:id", api+"/claims/:id"
	return append(append(s.aboutPaper(), s.aboutTheDraw()...), []route{
		{method: get, path: api + "/companies", allow: manager | desk | demo, kind: read, task: plain(getCompanies)},
		{method: post, path: api + "/companies/list", allow: manager | desk | demo, kind: act, limit: maxLargeBody, task: with(enterCompany)},
		{method: post, path: api + "/visits/paper-list", allow: receiving, kind: act, limit: maxLargeBody, task: with(enterPapers)},
		{method: get, path: api + "/checklists", allow: anybody, kind: read, task: plain(getChecklists)},
		{method: post, path: api + "/visits", allow: receiving | kiosk, kind: act, task: with(arrive)},
		{method: get, path: api + "/visits", allow: watching | deskDevice, kind: read, task: plain(getVisits)},
		{method: get, path: api + "/bookings", allow: leading, kind: read, task: plain(getBookings)},
		{method: post, path: api + "/bookings", allow: receiving, kind: act, task: with(book)},
		{method: get, path: visit, allow: watching | deskDevice, kind: read, task: plain(getVisit)},
		{method: get, path: visit + "/person", allow: revealing, kind: read, task: plain(getPerson)},
		{method: post, path: visit + "/papers", allow: receiving, kind: act, task: command(checkPapers)},
		{method: post, path: visit + "/park", allow: floor, kind: act, task: command(park)},
		{method: post, path: visit + "/step-out", allow: floor, kind: act, task: command(stepOut)},
		{method: post, path: visit + "/resume", allow: floor, kind: act, task: command(resume)},
		{method: post, path: visit + "/cancel", allow: floor, kind: act, task: command(cancel)},
		{method: post, path: visit + "/leave", allow: floor, kind: act, task: command(leave)},
		{method: post, path: visit + "/side-desk", allow: floor, kind: act, task: command(sideDesk)},
		{method: post, path: visit + "/correct", allow: floor, kind: act, task: command(correct)},
		{method: post, path: visit + "/claims", allow: floor, kind: act, task: command(addClaim)},
		{method: post, path: visit + "/recall", allow: serving, kind: act, task: command(recall)},
		{method: post, path: visit + "/seat", allow: serving, kind: act, task: command(seatVisit)},
		{method: post, path: visit + "/unseat", allow: serving, kind: act, task: command(unseat)},
		{method: post, path: visit + "/no-show", allow: serving, kind: act, task: command(noShow)},
		{method: post, path: claim + "/papers", allow: receiving, kind: act, task: command(markPaper)},
		{method: post, path: claim + "/settle", allow: serving, kind: act, task: command(settle)},
		{method: post, path: claim + "/settle-rest", allow: serving, kind: act, task: command(settleRest)},
		{method: post, path: claim + "/transfer", allow: serving, kind: act, task: command(transfer)},
		{method: post, path: api + "/undo", allow: receiving, kind: act, task: command(undo)},
	}...)
}

// aboutTickets is what whoever has a visitor's link may do.
func (s *Server) aboutTickets() []route {
	ticket := api + "/tickets/:link"
	return []route{
		{method: get, path: ticket, allow: anybody, visitor: true, kind: read, task: plain(getTicket)},
		{method: get, path: api + "/views/tickets/:link", allow: anybody, visitor: true, kind: read, task: plain(viewTicket)},
		{method: get, path: api + "/feed/tickets/:link", allow: anybody, visitor: true, kind: live, task: plain(followTicket)},
		{method: post, path: ticket + "/cancel", allow: anybody, visitor: true, kind: act, task: byTicket(cancelTicket)},
		{method: post, path: ticket + "/step-out", allow: anybody, visitor: true, kind: act, task: byTicket(stepOutTicket)},
		{method: post, path: ticket + "/resume", allow: anybody, visitor: true, kind: act, task: byTicket(resumeTicket)},
		{method: get, path: "/v/:link", allow: anybody, visitor: true, kind: page, task: plain(showTicket)},
		{method: post, path: "/v/:link/cancel", allow: anybody, visitor: true, kind: form, task: pressed(pressCancel)},
		{method: post, path: "/v/:link/step-out", allow: anybody, visitor: true, kind: form, task: pressed(pressStepOut)},
		{method: post, path: "/v/:link/resume", allow: anybody, visitor: true, kind: form, task: pressed(pressResume)},
		{method: post, path: "/v/:link/survey", allow: anybody, visitor: true, kind: form, task: pressed(pressSurvey)},
		{method: post, path: ticket + "/survey", allow: anybody, visitor: true, kind: act, task: byTicket(surveyTicket)},
	}
}

func (s *Server) aboutViews() []route {
	audiences := []route{
		{path: "/lobby", allow: watching | display},
		{path: "/room/:room", allow: serving | observer},
		{path: "/seat/:room/:seat", allow: serving | observer | booth, guard: ownSeat},
		{path: "/manager", allow: leading | observer},
		{path: "/desk", allow: receiving},
		{path: "/kiosk", allow: receiving | kiosk},
	}
	var all []route
	for _, a := range audiences {
		view, feed := a, a
		view.method, view.path, view.kind, view.task = get, api+"/views"+a.path, read, plain(getView)
		feed.method, feed.path, feed.kind, feed.task = get, api+"/feed"+a.path, live, plain(follow)
		all = append(all, view, feed)
	}
	return all
}

func (s *Server) aboutPeopleHere() []route {
	return []route{
		{method: get, path: api + "/accounts", allow: leading, kind: read, task: plain(getAccounts)},
		{method: post, path: api + "/accounts", allow: leading, kind: change, task: with(addAccount)},
		{method: patch, path: api + "/accounts/:id", allow: leading, kind: change, task: with(changeAccount)},
		{method: post, path: api + "/accounts/:id/password", allow: leading, kind: change, task: with(setPassword)},
		{method: get, path: api + "/devices", allow: leading, kind: read, task: plain(getDevices)},
		{method: put, path: api + "/sound", allow: display, kind: change, task: with(tellSound)},
		{method: post, path: api + "/devices", allow: leading, kind: change, task: with(addDevice)},
		{method: patch, path: api + "/devices/:id", allow: leading, kind: change, task: with(moveDevice)},
		{method: remove, path: api + "/devices/:id", allow: leading, kind: change, task: plain(removeDevice)},
		{method: get, path: api + "/pairings/:code", allow: leading, kind: read, task: plain(getPairing)},
		{method: remove, path: api + "/pairings/:code", allow: leading, kind: change, task: plain(denyPairing)},
		{method: get, path: api + "/lobbies", allow: watching | display, kind: read, task: plain(getLobbies)},
		{method: put, path: api + "/lobbies", allow: leading, kind: change, task: with(setLobbies)},
	}
}

func (s *Server) aboutTheDemo() []route {
	return []route{
		{method: get, path: api + "/training", allow: watching, kind: read, task: plain(getTraining)},
		{method: post, path: api + "/training", allow: leading, kind: change, task: plain(startTraining)},
		{method: remove, path: api + "/training", allow: leading, kind: change, task: plain(endTraining)},
		{method: get, path: "/gallery/visitor", allow: anybody, kind: page, demoOnly: true, task: plain(showGalleryTicket)},
		{method: get, path: "/visitor", allow: anybody, kind: page, demoOnly: true, task: plain(showVisitor)},
		{method: get, path: api + "/demo", allow: anybody, kind: read, demoOnly: true, task: plain(getDemo)},
		{method: post, path: api + "/demo", allow: anybody, kind: change, demoOnly: true, task: with(setDemo)},
		{method: post, path: api + "/demo/take-over", allow: anybody, kind: change, demoOnly: true, task: with(takeOver)},
	}
}

func (s *Server) aboutTheServer() []route {
	list := []route{
		{method: get, path: "/healthz", allow: anybody, kind: read, task: plain(healthz)},
		{method: get, path: "/readyz", allow: anybody, kind: read, task: plain(readyz)},
		{method: get, path: "/api/openapi.json", allow: anybody, kind: read, task: plain(getOpenAPI)},
	}
	if !s.o.MetricsApart {
		list = append(list, route{method: get, path: "/metrics", allow: anybody, kind: read, task: plain(getMetrics)})
	}
	return list
}

// screens are the stable addresses of the pages, and the folder of each. A screen
// that is not there yet shows the first page, which leads on.
var screens = map[string]string{
	"/": "index", "/lobby": "lobby", "/officer": "officer", "/booth": "booth", "/manager": "manager",
	"/pair": "pair", "/setup": "setup", "/desk": "desk", "/kiosk": "kiosk",
}

func (s *Server) aboutPages() []route {
	list := []route{{method: get, path: assets, allow: anybody, kind: page, task: plain(getAsset)}}
	for _, path := range slices.Sorted(maps.Keys(screens)) {
		list = append(list, route{method: get, path: path, allow: anybody, kind: page, task: plain(showScreen(screens[path]))})
	}
	list = append(list, route{method: get, path: "/sheet", allow: staff | demo, kind: page, task: plain(getSheet)})
	return append(list, route{method: get, path: "/gallery", allow: anybody, kind: page, demoOnly: true, task: plain(showGallery)})
}
