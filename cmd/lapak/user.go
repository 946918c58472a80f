package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lapak/hall/access"
)

func userCommand(s streams) *cobra.Command {
	c := &cobra.Command{Use: "user", Short: "Add accounts, give forgotten passwords anew, print tokens for scripts", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() }}
	c.AddCommand(userAddCommand(s), userPasswordCommand(s), userTokenCommand(s))
	return c
}

type userAdd struct {
	Name     string `json:"name"`
	Display  string `json:"display"`
	Role     string `json:"role"`
	Password string `json:"password"`
}

type userAdded struct {
	ID   int    `json:"id"`
	Name string `json:"name"`
	Role string `json:"role"`
}

func userAddCommand(s streams) *cobra.Command {
	var dir string
	var u userAdd
	c := &cobra.Command{
		Use:   "add --role ROLE NAME",
		Short: "Add an account; its password is read from standard input",
		Args:  exactly(1, "the account's name"),
		RunE: func(c *cobra.Command, args []string) error {
			u.Name = args[0]
			var err error
			if u.Password, err = readPassword(s.in); err != nil {
				return err
			}
			var made userAdded
			err = withAccess(c.Context(), dir, "/user/add", u, &made, func(a *access.Store) (any, error) {
				return addUser(c.Context(), a, u)
			})
			if err != nil {
				return err
			}
			fmt.Fprintf(s.out, "account %d: %s, %s\n", made.ID, made.Name, made.Role)
			return nil
		},
	}
	dataFlag(c, &dir)
	c.Flags().StringVar(&u.Role, "role", "officer", "manager, officer, desk or observer")
	c.Flags().StringVar(&u.Display, "display", "", "name on staff screens (default: NAME)")
	return c
}

// readPassword reads the first line of standard input: an argument could be read in
// the list of processes.
func readPassword(in io.Reader) (string, error) {
	line, err := bufio.NewReader(io.LimitReader(in, 4096)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	if line = strings.TrimRight(line, "\r\n"); line == "" {
		return "", badInput("password: give it on standard input")
	}
	return line, nil
}

func addUser(ctx context.Context, a *access.Store, u userAdd) (userAdded, error) {
	account, err := a.AddAccount(ctx, access.NewAccount{Name: u.Name, Display: u.Display, Role: access.Role(u.Role),
		Password: access.NewPassword(u.Password)})
	var field *access.FieldError
	if errors.As(err, &field) {
		return userAdded{}, &failure{exitBadInput, err}
	}
	if err != nil {
		return userAdded{}, err
	}
	return userAdded{ID: account.ID, Name: account.Name, Role: string(account.Role)}, nil
}

type userPassword struct {
	Name     string `json:"name"`
	Password string `json:"password"`
}

// userPasswordCommand is for the manager who forgot theirs and has no colleague who
// could help: whoever runs it holds the data directory.
func userPasswordCommand(s streams) *cobra.Command {
	var dir string
	var u userPassword
	c := &cobra.Command{
		Use:   "password NAME",
		Short: "Give an account a new password, read from standard input, and sign it out everywhere",
		Args:  exactly(1, "the account's name"),
		RunE: func(c *cobra.Command, args []string) error {
			u.Name = args[0]
			var err error
			if u.Password, err = readPassword(s.in); err != nil {
				return err
			}
			var made userAdded
			err = withAccess(c.Context(), dir, "/user/password", u, &made, func(a *access.Store) (any, error) {
				return setUserPassword(c.Context(), a, u)
			})
			if err != nil {
				return err
			}
			fmt.Fprintf(s.out, "account %d: %s has a new password\n", made.ID, made.Name)
			return nil
		},
	}
	dataFlag(c, &dir)
	return c
}

func setUserPassword(ctx context.Context, a *access.Store, u userPassword) (userAdded, error) {
	account, err := a.AccountNamed(u.Name)
	if err != nil {
		return userAdded{}, badInput("NAME: there is no account %q; add it with 'lapak user add'", u.Name)
	}
	err = a.SetPassword(ctx, account.ID, access.NewPassword(u.Password))
	var field *access.FieldError
	if errors.As(err, &field) {
		return userAdded{}, &failure{exitBadInput, err}
	}
	return userAdded{ID: account.ID, Name: account.Name, Role: string(account.Role)}, err
}

type userToken struct {
	Name  string `json:"name"`
	Label string `json:"label"`
	LifeS int64  `json:"life_s"`
}

type userTokenMade struct {
	Token string `json:"token"`
}

func userTokenCommand(s streams) *cobra.Command {
	var dir string
	var days int
	u := userToken{}
	c := &cobra.Command{
		Use:   "token NAME",
		Short: "Print a new bearer token of an account",
		Args:  exactly(1, "the account's name"),
		RunE: func(c *cobra.Command, args []string) error {
			u.Name, u.LifeS = args[0], int64(days)*24*3600
			if days < 1 || u.LifeS > access.MaxTokenLife {
				return badInput("--days: a token lives 1 to %d days", access.MaxTokenLife/24/3600)
			}
			var made userTokenMade
			err := withAccess(c.Context(), dir, "/user/token", u, &made, func(a *access.Store) (any, error) {
				return issueToken(a, u)
			})
			if err != nil {
				return err
			}
			fmt.Fprintln(s.out, made.Token)
			return nil
		},
	}
	dataFlag(c, &dir)
	c.Flags().IntVar(&days, "days", 365, "days that the token works")
	c.Flags().StringVar(&u.Label, "label", "command line", "what the token is for")
	return c
}

func issueToken(a *access.Store, u userToken) (userTokenMade, error) {
	account, err := a.AccountNamed(u.Name)
	if err != nil {
		return userTokenMade{}, badInput("NAME: there is no account %q; add it with 'lapak user add'", u.Name)
	}
	token, _, err := a.IssueToken(account.ID, u.Label, u.LifeS)
	return userTokenMade{Token: token}, err
}

// withAccess lets the running server do it, or opens the accounts itself.
func withAccess[T any](ctx context.Context, dir, path string, in any, out *T, do func(*access.Store) (any, error)) error {
	if running, err := callControl(ctx, dir, http.MethodPost, path, in, out); running {
		return err
	}
	a, err := openAccess(dir, access.Options{Now: func() int64 { return time.Now().Unix() }})
	if err != nil {
		return err
	}
	defer a.Close()
	made, err := do(a)
	if err != nil {
		return err
	}
	*out = made.(T)
	return nil
}

// exactly is cobra.ExactArgs with the usage exit code.
func exactly(n int, what string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != n {
			return &failure{exitUsage, fmt.Errorf("give %s", what)}
		}
		return nil
	}
}
