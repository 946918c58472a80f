package web

import (
	"strconv"

	"lapak/hall/access"
)

// accountView is an account as managers see it: never its hash.
type accountView access.Account

type accountsView struct {
	Accounts []accountView `json:"accounts"`
}

func getAccounts(c *call) (reply, error) {
	out := accountsView{Accounts: []accountView{}}
	for _, a := range c.s.o.Access.Accounts() {
		out.Accounts = append(out.Accounts, accountView(a))
	}
	return ok(out)
}

type accountForm struct {
	Name     string          `json:"name" need:"true"`
	Display  string          `json:"display"`
	Role     access.Role     `json:"role" need:"true"`
	Password access.Password `json:"password" need:"true"`
}

func addAccount(c *call, b accountForm) (reply, error) {
	a, err := c.s.o.Access.AddAccount(c.context(), access.NewAccount(b))
	if err != nil {
		return reply{}, err
	}
	if err := c.enter(a); err != nil {
		return reply{}, err
	}
	return created(accountView(a))
}

type changeAccountForm struct {
	Display  *string      `json:"display"`
	Role     *access.Role `json:"role"`
	Disabled *bool        `json:"disabled"`
}

func changeAccount(c *call, b changeAccountForm) (reply, error) {
	id, err := c.entryID()
	if err != nil {
		return reply{}, err
	}
	a, err := c.s.o.Access.ChangeAccount(id, access.Change(b))
	if err != nil {
		return reply{}, err
	}
	if err := c.enter(a); err != nil {
		return reply{}, err
	}
	return ok(accountView(a))
}

type passwordForm struct {
	Password access.Password `json:"password" need:"true"`
}

func setPassword(c *call, b passwordForm) (reply, error) {
	id, err := c.entryID()
	if err != nil {
		return reply{}, err
	}
	if err := c.s.o.Access.SetPassword(c.context(), id, b.Password); err != nil {
		return reply{}, err
	}
	return ok(empty{})
}

// entryID reads the id of an account or a device from the address.
func (c *call) entryID() (int, error) {
	id, err := strconv.Atoi(c.param("id"))
	if err != nil || id < 1 {
		return 0, errNotFound
	}
	return id, nil
}
