package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"muchan/api/auth"
)

// accountsFile and auditFile stand beside the GeoPackage, not in it: people copy the GeoPackage.
const (
	accountsFile = "accounts.json"
	auditFile    = "audit.jsonl"
)

func (p *program) openAccounts() (*auth.Accounts, error) {
	if err := p.makeDataDir(); err != nil {
		return nil, err
	}
	return auth.Open(filepath.Join(p.settings.data, accountsFile), p.now)
}

func (p *program) userCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "user",
		Short: "Add, disable and list accounts, and make tokens",
		Long: `Accounts are kept in the data directory, not in the store. A token is shown once and kept as a hash; a disabled account or
token is refused within a second. Every change is written to the audit log.`,
		Example: "  muchan user add zhang --role analyst\n  muchan user token zhang --note qgis --days 365\n" +
			"  muchan user list\n  muchan user revoke zhang TOKEN-ID\n  muchan user disable zhang",
		Args: unknownCommand,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(p.userAdd(), p.userPassword(), p.userToken(), p.userRevoke(), p.userDisable(), p.userList())
	return c
}

func (p *program) userAdd() *cobra.Command {
	var role string
	c := &cobra.Command{
		Use: "add NAME", Short: "Add an account and print its first token", Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			return p.manage("user_add", args[0]+" "+role, func(a *auth.Accounts) error {
				if err := a.Add(args[0], auth.Role(role)); err != nil {
					return err
				}
				return p.printToken(a, args[0], "first", 0)
			})
		},
	}
	c.Flags().StringVar(&role, "role", string(auth.Viewer), "viewer (land bureau), analyst (zoning staff) or admin (data keeper)")
	return c
}

func (p *program) userToken() *cobra.Command {
	var note string
	var days int
	c := &cobra.Command{
		Use: "token NAME", Short: "Make another token for an account and print it", Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			return p.manage("user_token", args[0], func(a *auth.Accounts) error { return p.printToken(a, args[0], note, days) })
		},
	}
	c.Flags().StringVar(&note, "note", "", "what the token is for")
	c.Flags().IntVar(&days, "days", 0, "days until it expires; 0: it does not")
	return c
}

func (p *program) printToken(a *auth.Accounts, name, note string, days int) error {
	var expires time.Time
	if days > 0 {
		expires = p.now().AddDate(0, 0, days)
	}
	_, secret, err := a.NewToken(name, note, expires)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.stdout, "token of %s, shown only now:\n%s\n", name, secret)
	return err
}

func (p *program) userPassword() *cobra.Command {
	return &cobra.Command{
		Use: "password NAME", Short: "Set an account's password, read from the terminal or standard input", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			password, err := p.readPassword(c.InOrStdin())
			if err != nil {
				return err
			}
			return p.manage("user_password", args[0], func(a *auth.Accounts) error { return a.SetPassword(args[0], password) })
		},
	}
}

func (p *program) readPassword(in io.Reader) (string, error) {
	if f, ok := in.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		fmt.Fprint(p.stderr, "password: ")
		defer fmt.Fprintln(p.stderr)
		text, err := term.ReadPassword(int(f.Fd()))
		return string(text), err
	}
	line, err := bufio.NewReader(in).ReadString('\n')
	if err == io.EOF && line != "" {
		err = nil
	}
	return strings.TrimRight(line, "\r\n"), err
}

func (p *program) userRevoke() *cobra.Command {
	return &cobra.Command{
		Use: "revoke NAME TOKEN-ID", Short: "Disable one token of an account; `muchan user list` shows its ID", Args: cobra.ExactArgs(2),
		RunE: func(_ *cobra.Command, args []string) error {
			return p.manage("user_revoke", args[0]+" "+args[1], func(a *auth.Accounts) error { return a.RevokeToken(args[0], args[1]) })
		},
	}
}

func (p *program) userDisable() *cobra.Command {
	var enable bool
	c := &cobra.Command{
		Use: "disable NAME", Short: "Shut an account out, its sessions and tokens included", Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			act := "user_disable"
			if enable {
				act = "user_enable"
			}
			return p.manage(act, args[0], func(a *auth.Accounts) error { return a.Disable(args[0], !enable) })
		},
	}
	c.Flags().BoolVar(&enable, "undo", false, "let the account in again")
	return c
}

func (p *program) userList() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List accounts with role, state and tokens", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			accounts, err := p.openAccounts()
			if err != nil {
				return err
			}
			list, err := accounts.List()
			if err != nil {
				return err
			}
			w := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
			fmt.Fprintln(w, "NAME\tROLE\tSTATE\tCREATED\tTOKEN-ID\tTOKEN STATE\tEXPIRES\tNOTE")
			for _, a := range list {
				fmt.Fprintf(w, "%s\t%s\t%s\t%s\t\t\t\t\n", a.Name, a.Role, stateOf(a.Disabled), a.Created.Format(time.DateOnly))
				for _, token := range a.Tokens {
					fmt.Fprintf(w, "\t\t\t\t%s\t%s\t%s\t%s\n", token.ID, stateOf(token.Disabled), expiry(token.Expires), token.Note)
				}
			}
			return w.Flush()
		},
	}
}

func stateOf(disabled bool) string {
	if disabled {
		return "disabled"
	}
	return "active"
}

func expiry(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.Format(time.DateOnly)
}

// manage changes accounts and records it first.
func (p *program) manage(act, target string, change func(*auth.Accounts) error) error {
	accounts, err := p.openAccounts()
	if err != nil {
		return err
	}
	if err := p.record(act, target); err != nil {
		return err
	}
	return change(accounts)
}
