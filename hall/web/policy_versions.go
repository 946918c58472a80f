package web

import (
	"cmp"
	"errors"
	"net/http"
	"strconv"

	"lapak/hall/access"
	"lapak/hall/ledger"
	"lapak/scheduler"
)

// policyVersionView is one version of the policy with the name of who made it.
type policyVersionView struct {
	ledger.Version
	Name string `json:"name,omitempty"` // as staff screens call them
}

type policyVersionsView struct {
	Versions []policyVersionView `json:"versions"` // newest first
	Kept     int                 `json:"kept"`     // so many are kept
}

func getPolicyVersions(c *call) (reply, error) {
	list, err := c.s.o.Reports.Versions(c.context())
	if errors.Is(err, ledger.ErrReading) {
		return reply{}, later(http.StatusServiceUnavailable, "reports_reading", reportPauseS,
			"The journal is being read for the history. Ask again in a moment.")
	}
	if err != nil {
		return reply{}, err
	}
	out := policyVersionsView{Versions: []policyVersionView{}, Kept: ledger.MaxVersions}
	for _, v := range list {
		one := policyVersionView{Version: v}
		if v.By.Role == scheduler.ByManager && v.By.ID > 0 {
			if a, err := c.s.o.Access.Account(int(v.By.ID)); err == nil && a.Role == access.Manager {
				one.Name = cmp.Or(a.Display, a.Name)
			}
		}
		out.Versions = append(out.Versions, one)
	}
	return ok(out)
}

var errVersionGone = refuse(http.StatusNotFound, "version_gone",
	"This version of the policy is not kept. The last %d are; take one of the list.", ledger.MaxVersions)

func getPolicyVersion(c *call) (reply, error) {
	n, err := strconv.Atoi(c.param("id"))
	if err != nil {
		return reply{}, errVersionGone
	}
	p, err := c.s.o.Reports.PolicyOf(n)
	if errors.Is(err, ledger.ErrNoVersion) {
		return reply{}, errVersionGone
	}
	if err != nil {
		return reply{}, err
	}
	return ok(policyView{Policy: p, Version: p.Version})
}
